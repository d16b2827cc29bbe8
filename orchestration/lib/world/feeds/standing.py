"""Who can be met when: known persons, customers, and acts that fit the story of an account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..arrays import NEVER, Columns, take
from ..life import Life
from ..span import Span
from ..truth import account_ids

_NOT_YET = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Standing:
    """`known_from` is when the first record of each person appears, `customer_from` when each
    account first buys, `buyer` the person who did; NEVER if not. Persons who change their company
    stay unknown here, so that nothing in the further tables depends on the day they move."""

    life: Life
    span: Span
    known_from: np.ndarray
    customer_from: np.ndarray
    buyer: np.ndarray

    @property
    def is_company(self) -> np.ndarray:
        """Whether each person works at a company."""
        return ~self.life.people.is_visitor & self.life.accounts.is_b2b[self.life.people.account]

    def acts(self, person: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Whether an act of these colleagues at these moments changes nothing in their story:
        the company considers already, has not gone, and is not in its silent pause."""
        accounts, account = self.life.accounts, self.life.people.account[person]
        starts = np.where(accounts.consideration >= 0, accounts.consideration, accounts.decision)
        ends = np.where(accounts.won >= 0, self.span.end, accounts.ended)
        silent = (at > accounts.silent_from[account]) & (at < accounts.silent_to[account])
        silent &= accounts.silent_from[account] >= 0
        begun = (starts[account] >= 0) & (at > starts[account]) & (at < ends[account])
        known = (self.known_from[person] >= 0) & (self.known_from[person] < at)
        return self.is_company[person] & begun & ~silent & known & (at < self.span.end)

    def customers(self) -> tuple[np.ndarray, np.ndarray]:
        """Known persons of customers, and from when each of them speaks as one."""
        account = self.life.people.account
        since = np.where(account >= 0, self.customer_from[account], NEVER)
        person = np.flatnonzero((since >= 0) & (self.known_from >= 0))
        return person, np.maximum(since[person], self.known_from[person])

    def records(self, person: np.ndarray, at: np.ndarray) -> Columns:
        """contact_id, else lead_id, of persons as far as the CRM has them at the moment."""
        records = self.life.records
        created = records.contact_created[person], records.lead_created[person]
        by_contact = (created[0] >= 0) & (created[0] <= at)
        by_lead = ~by_contact & (created[1] >= 0) & (created[1] <= at)
        return {
            "contact_id": take(records.contact_id, np.where(by_contact, person, NEVER)),
            "lead_id": take(records.lead_id, np.where(by_lead, person, NEVER)),
        }

    def account_ids(self, account: np.ndarray) -> pa.Array:
        """True ids of accounts by position; null where it is NEVER."""
        return take(account_ids(self.life.accounts.index), account)

    def emails(self, person: np.ndarray) -> pa.Array:
        """The address of each person."""
        return take(self.life.people.email, person)


def standing(life: Life, span: Span) -> Standing:
    """Where the persons and accounts of a chunk stand over time."""
    people, records, orders = life.people, life.records, life.orders
    bought = np.full(len(people), NEVER)
    bought[orders.person] = orders.ordered
    moments = np.stack([people.known, records.contact_created, records.lead_created, bought])
    first = np.where(moments >= 0, moments, _NOT_YET).min(axis=0)
    first[life.lives.movers] = _NOT_YET
    known = np.where((first < span.end) & ~people.is_visitor, first, NEVER)
    shopped = np.full(len(life.accounts), _NOT_YET)
    np.minimum.at(shopped, people.account[orders.person], orders.ordered)
    shopped = np.where(life.accounts.is_b2b | (shopped == _NOT_YET), NEVER, shopped)
    since = np.where(life.accounts.is_b2b, life.accounts.won, shopped)
    buyer = np.searchsorted(people.account[~people.is_visitor], np.arange(len(life.accounts)))
    return Standing(life, span, known, since, buyer)
