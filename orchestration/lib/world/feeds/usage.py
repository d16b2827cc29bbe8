"""The table product_events: trials before a deal, and the work of customers after it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..arrays import DAY, HOUR, NEVER, expand, hex_ids, iso, join, take, where
from ..commerce import user_ids
from .feed import Acts, Feed, same
from .standing import Standing
from .subscriptions import Subscriptions

_NAMES = ("signed_up", "trial_started", "activated", "onboarding_step", "feature_used",
          "seat_added", "report_exported")  # fmt: skip
SIGNED_UP, TRIAL, ACTIVATED, STEP, FEATURE, SEAT, EXPORT = range(7)
_TYPE_WORDS = ("product_signed_up", "product_trial_started", "product_activated",
               "product_onboarding_step", "product_feature_used", "seat_added",
               "product_event")  # fmt: skip
_STEPS = ("workspace", "import", "invite", "first_report")
_FEATURES = ("forecast", "stock_alerts", "supplier_portal", "dashboards")


def product_events(stand: Standing, subscriptions: Subscriptions, rng: np.random.Generator) -> Feed:
    """One row per act in the product; the trial of a company is one colleague's, later all work
    with it. Log-in ids are the ones of the web site."""
    parts = [*_trials(stand, rng), *_customers(stand, subscriptions, rng)]
    rows = np.concatenate(parts, axis=1)
    person, name, at, step = rows[:, np.lexsort((rows[3], rows[1], rows[0], rows[2]))]
    people, accounts = stand.life.people, stand.life.accounts
    ids = hex_ids("pev_", stand.life.first_number + np.arange(len(person)), salt=76)
    index = accounts.index[people.account[person]]
    says_address = (name == SIGNED_UP) | (at % 5 < 2)
    table = {
        "event_id": ids,
        "user_id": user_ids(people).take(person),
        "email": where(says_address, stand.emails(person)),
        "account_id": take(stand.life.records.crm_account_id, np.where(
            index % 2 == 0, people.account[person], NEVER)),
        "event_name": take(_NAMES, name),
        "properties": _properties(name, step, people.number[person]),
        "occurred_at": iso(at),
    }  # fmt: skip
    acts = Acts(ids, join("tp_", ids), person, at, take(_TYPE_WORDS, name),
                same("product", len(ids)))  # fmt: skip
    return Feed(table, acts)


def users(feed: Feed) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the persons whose log-in the product knows, and of those it has by address."""
    has_address = feed.columns["email"].is_valid().to_numpy(zero_copy_only=False)
    return np.unique(feed.acts.person), np.unique(feed.acts.person[has_address])


def _trials(stand: Standing, rng: np.random.Generator) -> list[np.ndarray]:
    """Person, name, moment and step: two weeks in the product for some of the companies."""
    accounts, end = stand.life.accounts, stand.span.end
    company = np.flatnonzero((accounts.consideration >= 0) & (accounts.index % 3 < 2))
    until = np.where(accounts.decision >= 0, accounts.decision, accounts.ended)[company]
    start = accounts.consideration[company]
    start = start + ((until - start).clip(HOUR) * rng.random(len(company)) * 0.9).astype(int)
    person = stand.buyer[company] + rng.integers(0, 3, len(company))
    tries = stand.acts(person, start) & (start < end - 15 * DAY)
    person, start = person[tries], start[tries]
    succeeds = rng.random(len(person)) < 0.6
    work, _ = expand(rng.poisson(5, len(person)))
    done = start[work] + HOUR + (rng.random(len(work)) * 13 * DAY).astype(int)
    return [
        _row(person, SIGNED_UP, start),
        _row(person, TRIAL, start + 300),
        _row(person[succeeds], ACTIVATED, start[succeeds] + 2 * DAY),
        *(_row(person, STEP, start + (step + 1) * HOUR, step) for step in range(2)),
        _row(person[work], FEATURE, done),
    ]


def _customers(
    stand: Standing, subscriptions: Subscriptions, rng: np.random.Generator
) -> list[np.ndarray]:
    """Person, name, moment and step: the way in, weekly work, and more seats."""
    member, since = stand.customers()
    company = stand.is_company[member] & (stand.life.people.slot[member] < 4)
    member, since = member[company], since[company]
    account = stand.life.people.account[member]
    stops = np.full(len(stand.life.accounts), stand.span.end)
    ended = subscriptions.ended >= 0
    stops[subscriptions.account[ended]] = subscriptions.ended[ended]
    room = (stops[account] - since - 2 * DAY).clip(0)
    chief = (stand.life.people.slot[member] == 0) & (room > 30 * DAY)
    lead, begun = member[chief], since[chief]
    active = stand.life.accounts.index[account[chief]] % 7 != 3
    work, _ = expand(rng.poisson(room / (25 * DAY)))
    done = since[work] + DAY + (rng.random(len(work)) * room[work]).astype(int)
    seats, _ = expand(rng.poisson(room[chief] / (150 * DAY)))
    more = begun[seats] + DAY + (rng.random(len(seats)) * room[chief][seats]).astype(int)
    day = begun + (2 + lead % 20) * DAY
    return [
        *(_row(lead, STEP, begun + (step + 1) * DAY, step) for step in range(2)),
        *(_row(lead[active], STEP, begun[active] + (step + 3) * DAY, step) for step in (2, 3)),
        _row(lead[active], ACTIVATED, day[active]),
        _row(member[work], np.where(work % 20 == 7, EXPORT, FEATURE), done),
        _row(lead[seats], SEAT, more),
    ]


def _row(
    person: np.ndarray, name: int | np.ndarray, at: np.ndarray, step: int = NEVER
) -> np.ndarray:
    return np.stack(np.broadcast_arrays(person, name, at, step))


def _properties(name: np.ndarray, step: np.ndarray, number: np.ndarray) -> pa.Array:
    """JSON text of steps, features and seats; null for other events."""
    steps = [f'{{"step":"{word}","number":{place}}}' for place, word in enumerate(_STEPS, start=1)]
    features = [f'{{"feature":"{word}"}}' for word in _FEATURES]
    seats = [f'{{"seats":{count}}}' for count in range(1, 6)]
    texts: list[str] = [*steps, *features, *seats]
    feature = len(steps) + (number + name) % len(features)
    seat = len(steps) + len(features) + number % len(seats)
    code = np.where(name == FEATURE, feature, np.where(name == SEAT, seat, NEVER))
    return take(texts, np.where(name == STEP, step, code))
