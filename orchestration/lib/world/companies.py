"""Accounts: companies and shoppers' households, with the story each of them will live through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import DAY, HOUR, NEVER, draw, join, take
from .names import COMPANY_WORDS, COUNTRIES, Pools, plain
from .span import Span

B2B_STORIES = ("won", "lost", "reopened", "deciding", "considering", "aware", "dormant")
WON, LOST, REOPENED, DECIDING, CONSIDERING, AWARE, DORMANT = range(7)
B2C_STORIES = ("browser", "abandoner", "one_time", "repeat", "lapsed", "newcomer")
BROWSER, ABANDONER, ONE_TIME, REPEAT, LAPSED, NEWCOMER = range(6)

_IS_B2B = np.array([1, 1, 0, 1, 1, 0, 1, 1, 0, 1], dtype=bool)
_B2B_CYCLE = np.array([0, 3, 4, 0, 1, 5, 0, 3, 6, 0, 2, 4, 0, 5, 3, 0, 6, 1, 0, 4])
_B2C_CYCLE = np.array([3, 1, 2, 5, 4, 0, 2, 3, 1, 5, 0, 3, 4, 2, 1])


@dataclass(frozen=True)
class Accounts:
    """One element per account of a chunk; times in seconds, NEVER where it does not happen.

    `index` counts accounts over all chunks. `opened` is the first touch, `ended` the last day of
    the acquisition journey (won, lost, fallen silent, or the end of the span), `won`, `lost`,
    `reopened` and `decision` are moments, `silent_from`/`silent_to` a pause inside the journey.
    """

    index: np.ndarray
    is_b2b: np.ndarray
    story: np.ndarray
    country: np.ndarray
    parent: np.ndarray
    opened: np.ndarray
    consideration: np.ndarray
    decision: np.ndarray
    lost: np.ndarray
    reopened: np.ndarray
    won: np.ndarray
    ended: np.ndarray
    silent_from: np.ndarray
    silent_to: np.ndarray
    employees: np.ndarray
    word: np.ndarray
    name: pa.Array
    domain: pa.Array
    in_crm: np.ndarray

    def __len__(self) -> int:
        return len(self.index)


def make_accounts(
    first: int, count: int, *, span: Span, pools: Pools, rng: np.random.Generator
) -> Accounts:
    """Accounts `first` to `first + count - 1`; which story an account lives depends on its index
    alone, so that the smallest world holds every story."""
    index = np.arange(first, first + count)
    is_b2b = _IS_B2B[index % 10]
    cumulative = np.r_[0, np.cumsum(_IS_B2B)]
    b2b_rank = index // 10 * 7 + cumulative[index % 10]
    story = np.where(
        is_b2b, _B2B_CYCLE[b2b_rank % 20], _B2C_CYCLE[(index - b2b_rank) % len(_B2C_CYCLE)]
    )
    country = draw(rng, [place.weight for place in COUNTRIES], count)
    parent = _subsidiaries(index, is_b2b, rng)
    country = np.where(parent >= 0, country[parent], country)
    word = rng.integers(0, len(COMPANY_WORDS), count)
    name, domain = _names_and_domains(index, country, parent, pools)
    times = _story_times(is_b2b, story, index // 10, span=span, rng=rng)
    known_to_sales = ~np.isin(story, (AWARE,)) | (rng.random(count) < 0.4)
    return Accounts(
        index, is_b2b, story, country, parent, **times,
        employees=np.exp(rng.normal(5.0, 1.25, count)).astype(int).clip(4, 60_000),
        word=word, name=name, domain=domain, in_crm=is_b2b & known_to_sales,
    )  # fmt: skip


def _subsidiaries(index: np.ndarray, is_b2b: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """About 2 % of companies share the domain of the company just before them in the chunk."""
    follows_company = np.r_[False, is_b2b[:-1]] & is_b2b
    chosen = follows_company & (rng.random(len(index)) < 0.03)
    chosen &= ~np.r_[False, chosen[:-1]]
    return np.where(chosen, np.arange(len(index)) - 1, NEVER)


def _names_and_domains(
    index: np.ndarray, country: np.ndarray, parent: np.ndarray, pools: Pools
) -> tuple[pa.Array, pa.Array]:
    """Company names, and domains under public suffixes that end in -demo; unique per company."""
    own = np.where(parent >= 0, index[parent], index)
    heads, words = len(pools.company_heads), len(COMPANY_WORDS)
    head, word = own % heads, (own // heads + own % heads) % words
    again = own // (heads * words)
    again_text = take([None], np.zeros(len(own), int)).fill_null("")
    if again.max() > 0:
        again_text = pa.array([str(n + 1) if n else "" for n in again])
    head_name = take(pools.company_heads, head)
    form = take([place.legal_form for place in COUNTRIES], country)
    branch = take(["", " Services"], (parent >= 0).astype(int))
    name = join(head_name, " ", take(COMPANY_WORDS, word), again_text, branch, " ", form)
    slug = join(
        take([plain(text) for text in pools.company_heads], head), "-",
        take([text.lower() for text in COMPANY_WORDS], word), again_text, "-demo.",
    )  # fmt: skip
    return name, join(slug, take([place.domain_ending for place in COUNTRIES], country))


def _story_times(
    is_b2b: np.ndarray, story: np.ndarray, turn: np.ndarray, *, span: Span,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:  # fmt: skip
    """When each account's journey opens, turns and ends (seconds since 1970)."""
    days, opened = _company_days(story, span, rng)
    shop_days, shop_opened = _shopper_days(story, turn, span, rng)
    days, opened = np.where(is_b2b, days, shop_days), np.where(is_b2b, opened, shop_opened)
    hours = rng.integers(7, 19, len(story))
    opened_at = span.first + opened.astype(int) * DAY + hours * HOUR
    opened_at = np.minimum(opened_at, span.end - 6 * HOUR)
    ended = np.minimum(opened_at + (days * DAY).astype(int), span.end - HOUR)
    return {"opened": opened_at, "ended": ended} | _turns(
        np.where(is_b2b, story, NEVER), opened_at, ended, span=span, rng=rng
    )


def _company_days(
    story: np.ndarray, span: Span, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Length of each company's journey and its first day; closed ones fit into the span."""
    count = len(story)
    days = np.exp(rng.normal(np.log(192), 0.33, count)).clip(60, 372)
    days = np.where(story == LOST, days * 0.7, days)
    days = np.where(story == DECIDING, days * 0.8, days)
    days = np.where(story == CONSIDERING, rng.uniform(25, 110, count), days)
    days = np.where(story == AWARE, rng.uniform(1, 55, count), days)
    days = np.where(story == DORMANT, rng.uniform(25, 120, count), days) * span.scale
    room = (span.days - days - 1).clip(0)
    place = np.where(story == DORMANT, 0.55 * rng.random(count), 1.0)
    place = np.where(np.isin(story, (WON, LOST, REOPENED)), rng.random(count) * 0.99, place)
    return days, room * place


def _shopper_days(
    story: np.ndarray, turn: np.ndarray, span: Span, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Length of each shopper's active time and its first day; newcomers signed up on the last
    day, or three or seven days before it, by turns."""
    count = len(story)
    age = rng.uniform(0, 0.9, count) * span.days
    age = np.where(np.isin(story, (BROWSER, ABANDONER)) & (rng.random(count) < 0.5), 15, age)
    age = np.where(story == REPEAT, rng.uniform(0.45, 0.98, count) * span.days, age)
    age = np.where(story == LAPSED, rng.uniform(0.75, 0.98, count) * span.days, age)
    age = np.where(story == NEWCOMER, np.array([0.5, 3.5, 7.5])[turn % 3], age)
    days = np.where(np.isin(story, (BROWSER, ABANDONER)), 30.0, 60.0)
    days = np.where(story == REPEAT, age, days)
    days = np.where(story == LAPSED, age * 0.4, days)
    return np.minimum(days, age), (span.days - age).clip(0)


def _turns(
    story: np.ndarray, opened: np.ndarray, ended: np.ndarray,
    *, span: Span, rng: np.random.Generator,
) -> dict[str, np.ndarray]:  # fmt: skip
    """The moments within a company's journey; all NEVER for shoppers (their story is NEVER)."""
    count, length = len(story), ended - opened
    decides = np.isin(story, (WON, LOST, REOPENED, DECIDING))
    considers = (decides | (story == CONSIDERING)) & ~(decides & (rng.random(count) < 0.08))
    decision = np.where(
        decides, opened + (length * rng.uniform(0.45, 0.65, count)).astype(int), NEVER
    )
    consideration = opened + (length * rng.uniform(0.12, 0.35, count)).astype(int)
    again = story == REOPENED
    lost = np.where(again, decision + ((ended - decision) * 0.35).astype(int), NEVER)
    long = length > 150 * DAY * span.scale
    silent = np.where(decides & long & (rng.random(count) < 0.15), opened + length // 8, NEVER)
    return {
        "consideration": np.where(considers, consideration, NEVER),
        "decision": decision,
        "lost": np.where(story == LOST, ended, lost),
        "reopened": np.where(again, decision + ((ended - decision) * 0.7).astype(int), NEVER),
        "won": np.where(np.isin(story, (WON, REOPENED)), ended, NEVER),
        "silent_from": silent,
        "silent_to": np.where(silent >= 0, silent + int(95 * DAY * span.scale), NEVER),
    }
