"""The table billing_subscriptions: what won companies pay a month, until when, and who stops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import DAY, HOUR, NEVER, Columns, amounts, hex_ids, iso, take, where
from ..names import COUNTRIES
from .standing import Standing

_PLANS = ("Starter", "Team", "Enterprise")
_REASONS = ("price", "no budget", "missing feature", "switched to Oldsuite", None)
NOTICE = 30 * DAY


@dataclass(frozen=True)
class Subscriptions:
    """One element per subscription; `account` is a position in Accounts, `ended` NEVER while it
    runs, `renews` the next renewal after the end of the span (NEVER once ended)."""

    account: np.ndarray
    started: np.ndarray
    renews: np.ndarray
    ended: np.ndarray

    def __len__(self) -> int:
        return len(self.account)


def make_subscriptions(stand: Standing) -> Subscriptions:
    """A subscription per won company from about a week after the deal, a year or a quarter long;
    one in seven of those that are old enough has been given up in the last weeks."""
    accounts, end = stand.life.accounts, stand.span.end
    won = np.flatnonzero((accounts.won >= 0) & accounts.in_crm)
    index = accounts.index[won]
    started = accounts.won[won] + (1 + index % 13) * DAY + 9 * HOUR
    won, index, started = (column[started < end] for column in (won, index, started))
    term = np.where(index % 3 == 1, 91, 365) * DAY
    renews = started + ((end - started) // term + 1) * term
    ended = np.maximum(end - (8 + index % 60) * DAY, started + 60 * DAY)
    stops = (index % 7 == 4) & (ended < end)
    return Subscriptions(
        won, started, np.where(stops, NEVER, renews), np.where(stops, ended, NEVER)
    )


def subscription_table(stand: Standing, subscriptions: Subscriptions) -> Columns:
    """All columns of billing_subscriptions; the address is that of who signed, where known."""
    accounts, people = stand.life.accounts, stand.life.people
    account = subscriptions.account
    index, size = accounts.index[account], accounts.employees[account]
    payer = stand.buyer[account]
    known = (stand.known_from[payer] >= 0) & (index % 6 != 2)
    cents = (size.clip(20, 4_000) * (5 + index % 9) + 250) * 100
    plan = np.where(size < 60, 0, np.where(size < 700, 1, 2))
    stopped = subscriptions.ended >= 0
    return {
        "subscription_id": hex_ids("sub_", index, salt=74),
        "account_id": take(stand.life.records.crm_account_id, account),
        "email": where(known, people.email.take(payer)),
        "plan": take(_PLANS, plan),
        "mrr": amounts(cents),
        "currency": take([place.currency for place in COUNTRIES], accounts.country[account]),
        "started_at": iso(subscriptions.started),
        "renews_at": iso(subscriptions.renews),
        "ended_at": iso(subscriptions.ended),
        "end_reason": take(_REASONS, np.where(stopped, index // 7 % len(_REASONS), NEVER)),
    }


def left_for_good(subscriptions: Subscriptions, accounts: int, end: int) -> np.ndarray:
    """By account: when it stops being a customer, a month after its billing ended; else NEVER."""
    gone = np.full(accounts, NEVER)
    past = (subscriptions.ended >= 0) & (subscriptions.ended + NOTICE < end)
    gone[subscriptions.account[past]] = subscriptions.ended[past] + NOTICE
    return gone
