"""Opportunities and their stage changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import (
    DAY,
    HOUR,
    NEVER,
    Columns,
    amounts,
    draw,
    hex_ids,
    iso,
    iso_date,
    join,
    numerals,
    ranks,
    take,
)  # fmt: skip
from .companies import REOPENED, Accounts
from .crm import OWNERS
from .names import COUNTRIES
from .span import Span

STAGES = (
    "Qualification", "Needs Analysis", "Proposal", "Negotiation", "Closed Won", "Closed Lost",
)  # fmt: skip
CLOSED_WON, CLOSED_LOST = 4, 5
KINDS = ("new", "expansion", "renewal")


@dataclass(frozen=True)
class Deals:
    """One element per opportunity; `number` is unique over all chunks, `closed` NEVER if open."""

    account: np.ndarray
    number: np.ndarray
    kind: np.ndarray
    created: np.ndarray
    closed: np.ndarray
    is_won: np.ndarray

    def __len__(self) -> int:
        return len(self.account)

    @property
    def ids(self) -> pa.Array:
        return hex_ids("opp_", self.number, salt=57)


def make_deals(accounts: Accounts, *, span: Span, rng: np.random.Generator) -> Deals:
    """The first deal of each deciding company, second tries, and expansions of customers."""
    first = np.flatnonzero(accounts.decision >= 0)
    again = (accounts.story[first] == REOPENED) & accounts.is_b2b[first]
    two = again & (accounts.index[first] % 4 < 2)
    ended = np.where(accounts.won[first] >= 0, accounts.won[first], accounts.lost[first])
    retry = first[two]
    grows = np.flatnonzero((accounts.won >= 0) & (rng.random(len(accounts)) < 0.2))
    start = accounts.won[grows] + (rng.uniform(50, 110, len(grows)) * DAY * span.scale).astype(int)
    grows, start = grows[start < span.end - 20 * DAY], start[start < span.end - 20 * DAY]
    finish = start + 70 * DAY
    finish = np.where(finish < span.end, finish, NEVER)
    account = np.r_[first, retry, grows]
    place = np.repeat([0, 1, 2], [len(first), len(retry), len(grows)])
    kind = np.where(place == 2, 1 + (accounts.index[account] % 3 == 0), 0)
    return Deals(
        account, accounts.index[account] * 8 + place, kind,
        created=np.r_[accounts.decision[first], accounts.reopened[retry], start],
        closed=np.r_[np.where(two, accounts.lost[first], ended), accounts.won[retry], finish],
        is_won=np.r_[(accounts.won[first] >= 0) & ~two, accounts.won[retry] >= 0,
                     (finish >= 0) & (grows % 3 > 0)],
    )  # fmt: skip


def deal_tables(
    accounts: Accounts, deals: Deals, *, span: Span, rng: np.random.Generator
) -> dict[str, Columns]:
    """The tables opportunities and opportunity_stage_changes."""
    reached = draw(rng, (0.3, 0.3, 0.25, 0.15), len(deals))
    deal, stage, at = _moves(accounts, deals, reached, span, rng)
    index = accounts.index[deals.account]
    closed = deals.closed >= 0
    now = np.where(closed, np.where(deals.is_won, CLOSED_WON, CLOSED_LOST), reached)
    cents = (
        accounts.employees[deals.account].clip(20, 4_000) * (60 + index % 9 * 12) + 3_000
    ) * 100
    due = np.where(closed, deals.closed, span.end + (index % 80 - 15) * DAY)
    lost = closed & ~deals.is_won
    last_move = np.full(len(deals), 0)
    np.maximum.at(last_move, deal, at)
    country = accounts.country[deals.account]
    opportunities = {
        "opportunity_id": deals.ids,
        "account_id": hex_ids("acc_", index, salt=51),
        "name": join(take(accounts.name, deals.account), " ", take(KINDS,
                                                                   deals.kind)),
        "type": take(KINDS, deals.kind),
        "stage": take(STAGES, now),
        "amount": amounts(cents),
        "currency": take([place.currency for place in COUNTRIES], country),
        "budget": amounts(np.where(index % 3 == 0, cents * 11 // 10, NEVER)),
        "probability": take(pa.array([0.1, 0.25, 0.5, 0.75, 1.0, 0.0]), now),
        "owner": take(OWNERS, index % len(OWNERS)),
        "lost_reason": take(("price", "timing", "competitor"), np.where(lost, index % 3, NEVER)),
        "competitor": take(("Oldsuite", "Sheetworks"), np.where(lost & (index % 3 == 2), index % 2,
                                                               NEVER)),
        "created_at": iso(deals.created), "close_date": iso_date(due),
        "closed_at": iso(deals.closed),
        "is_closed": take(("false", "true"), closed.astype(int)),
        "is_won": take(("false", "true"), (closed & deals.is_won).astype(int)),
        "updated_at": iso(np.maximum(last_move, deals.created)),
        "is_deleted": pa.array(["false"] * len(deals), pa.string()),
    }  # fmt: skip
    order = np.lexsort((stage, deal, at))
    deal, stage, at = deal[order], stage[order], at[order]
    place = ranks(deal, np.arange(len(deal)))[0]
    changes = {
        "change_id": join(deals.ids.take(deal), "-", numerals(place)),
        "opportunity_id": deals.ids.take(deal),
        "stage": take(STAGES, stage),
        "amount": amounts(np.where(stage >= 2, cents[deal], NEVER)),
        "changed_at": iso(at),
    }
    return {"opportunities": opportunities, "opportunity_stage_changes": changes}


def _moves(
    accounts: Accounts, deals: Deals, reached: np.ndarray, span: Span, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Stage changes as (deal, stage, moment): in order, some skipped, some going back."""
    count = len(deals)
    closed = deals.closed >= 0
    end = np.where(closed, deals.closed, span.end - HOUR)
    end = np.maximum(end, deals.created + HOUR)
    length = end - deals.created
    parts = []
    for stage in range(4):
        passes = (rng.random(count) > 0.12) | (stage == 0) | (~closed & (stage == reached))
        rows = np.flatnonzero(passes & (closed | (stage <= reached)))
        parts.append((rows, stage, deals.created[rows] + (length[rows] * stage * 0.21).astype(int)))
    back = np.flatnonzero((rng.random(count) < 0.1) & closed)
    parts.append((back, 1, deals.created[back] + (length[back] * 0.7).astype(int)))
    parts.append((back, 3, deals.created[back] + (length[back] * 0.85).astype(int)))
    final = np.flatnonzero(closed)
    won = deals.is_won[final]
    parts.append((final[won], CLOSED_WON, deals.closed[final[won]]))
    parts.append((final[~won], CLOSED_LOST, deals.closed[final[~won]]))
    lost, reopened = accounts.lost[deals.account], accounts.reopened[deals.account]
    same = np.flatnonzero((reopened >= 0) & (deals.closed > reopened) & (deals.created < lost))
    parts.append((same, CLOSED_LOST, lost[same]))
    parts.append((same, 0, reopened[same]))
    parts.append((same, 2, (reopened[same] + deals.closed[same]) // 2))
    deal = np.concatenate([part[0] for part in parts])
    stage = np.concatenate([np.full(len(part[0]), part[1]) for part in parts])
    at = np.concatenate([part[2] for part in parts])
    paused = (reopened[deal] >= 0) & np.isin(deal, same) & (stage < CLOSED_WON)
    inside = paused & (at > lost[deal]) & (at < reopened[deal])
    return deal[~inside], stage[~inside], at[~inside]
