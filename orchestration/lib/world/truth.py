"""Truth about persons and accounts: who there is, who belongs where, and which stage was meant."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .activities import Activities
from .arrays import DAY, NEVER, Columns, iso, iso_date, join, numerals, take, where
from .commerce import Orders
from .companies import B2B_STORIES, B2C_STORIES, DORMANT, LOST, Accounts
from .crm import crm_ids_with_doubles
from .people import SLOTS, People, device_ids
from .records import Records, is_entered_twice, is_merged
from .second_lives import ROLE_SLOT, SecondLives
from .span import Span
from .visits import OFFICE


def account_ids(index: np.ndarray) -> pa.Array:
    """True ids of accounts by their index over all chunks."""
    return join("A", numerals(index, width=8))


def accounts_truth(accounts: Accounts) -> Columns:
    """One row per account: companies with their CRM ids, shoppers as accounts of their own."""
    index, b2b = accounts.index, accounts.is_b2b
    once = where(accounts.in_crm, crm_ids_with_doubles(index, np.zeros(len(index), bool)))
    twice = join(once, "|", crm_ids_with_doubles(index, np.ones(len(index), bool)))
    return {
        "true_account_id": account_ids(index),
        "crm_account_ids": where(is_entered_twice(index) | is_merged(index), twice, once),
        "domain": where(b2b, accounts.domain),
        "motion": take(("b2c", "b2b"), b2b.astype(int)),
        "name": where(b2b, accounts.name),
        "parent_true_account_id": take(account_ids(index), accounts.parent),
        "story": where(b2b, take(B2B_STORIES, np.where(b2b, accounts.story, NEVER)),
                       take(B2C_STORIES, np.where(b2b, NEVER, accounts.story))),
        "opened_at": iso(accounts.opened),
        "won_at": iso(accounts.won),
    }  # fmt: skip


def account_at(
    accounts: Accounts, people: People, lives: SecondLives, person: np.ndarray, at: np.ndarray
) -> pa.Array:
    """True account of each person at a moment; null for visitors."""
    moved_at = np.full(len(people) + 1, np.iinfo(np.int64).max)
    moved_to = np.full(len(people) + 1, NEVER)
    moved_at[lives.movers], moved_to[lives.movers] = lives.moved_at, lives.moved_to
    usual = np.where(person >= 0, people.account[person], NEVER)
    return take(account_ids(accounts.index), np.where(at >= moved_at[person],
                                                      moved_to[person], usual))  # fmt: skip


def is_known(people: People, records: Records, orders: Orders) -> np.ndarray:
    """Whether any record or web event carries an identifier of the person's own."""
    known = (people.known >= 0) | (records.contact_created >= 0) | (records.lead_created >= 0)
    known[orders.person] = True
    return known


def persons_truth(
    accounts: Accounts, people: People, records: Records, lives: SecondLives, orders: Orders,
    span: Span,
) -> Columns:  # fmt: skip
    """One row per person, and one per shared mailbox (a record that is nobody in particular)."""
    everyone = np.arange(len(people))
    late = np.full(len(people), span.end)
    known = is_known(people, records, orders)
    role_number = accounts.index[lives.role_accounts] * SLOTS + ROLE_SLOT
    roles = len(role_number)
    nothing = pa.nulls(roles, pa.string())
    columns = {
        "true_person_id": (people.true_ids, join("P", numerals(role_number, width=9))),
        "true_account_id": (account_at(accounts, people, lives, everyone, late),
                            account_ids(accounts.index[lives.role_accounts])),
        "is_known": (take(("false", "true"), known.astype(int)), take(("true",), np.zeros(roles))),
        "is_shared_mailbox": (take(("false",), np.zeros(len(people))),
                              take(("true",), np.zeros(roles))),
        "email": (where(known, people.email), lives.role_email),
        "contact_id": (records.contact_id, lives.role_ids),
        "lead_id": (records.lead_id, nothing),
        "known_at": (iso(people.known), nothing),
    }  # fmt: skip
    return {name: pa.concat_arrays(list(pair)) for name, pair in columns.items()}


def memberships_truth(
    accounts: Accounts, people: People, records: Records, lives: SecondLives, orders: Orders
) -> Columns:
    """One row per known person and account it belonged to, with the time it did."""
    member = np.flatnonzero(is_known(people, records, orders))
    left = np.full(len(people), NEVER)
    left[lives.movers] = lives.moved_at
    person = np.r_[member, lives.movers]
    account = np.r_[people.account[member], lives.moved_to]
    return {
        "true_person_id": take(people.true_ids, person),
        "true_account_id": take(account_ids(accounts.index), account),
        "valid_from": iso(np.r_[people.joined[member], lives.moved_at]),
        "valid_to": iso(np.r_[left[member], np.full(len(lives.movers), NEVER)]),
    }


def stages_truth(
    accounts: Accounts, orders: Orders, advocates: np.ndarray, left: np.ndarray, *, span: Span
) -> Columns:
    """One row per account and stage it was meant to enter, with the day it was; `advocates` and
    `left` are when an account first spoke for us, and when it stopped being a customer."""
    first_order = np.full(len(accounts), np.iinfo(np.int64).max)
    shoppers = orders.account < 0
    np.minimum.at(first_order, orders.number[shoppers] // SLOTS - accounts.index[:1],
                  orders.ordered[shoppers])  # fmt: skip
    buys = np.where(first_order < span.end, first_order, NEVER)
    receives = np.where((buys >= 0) & (buys + 5 * DAY < span.end), buys + 5 * DAY, NEVER)
    story = np.where(accounts.is_b2b, accounts.story, NEVER)
    falls = np.where(story == LOST, NEVER, accounts.lost)
    sleeps = accounts.ended + 90 * DAY
    entries = (
        ("awareness", accounts.opened),
        ("consideration", accounts.consideration),
        ("decision", np.where(accounts.is_b2b, accounts.decision, buys)),
        ("consideration", np.where(story == LOST, accounts.lost, falls)),
        ("decision", accounts.reopened),
        ("retention", np.where(accounts.is_b2b, accounts.won, receives)),
        ("advocacy", np.where((left < 0) | (advocates < left), advocates, NEVER)),
        ("dormant", np.where((story == DORMANT) & (sleeps < span.end), sleeps, NEVER)),
        ("former_customer", left),
    )
    rows = [np.flatnonzero(moments >= 0) for _, moments in entries]
    at = np.concatenate([moments[row] for (_, moments), row in zip(entries, rows, strict=True)])
    account = np.concatenate(rows)
    names = [name for (name, _), row in zip(entries, rows, strict=True) for _ in row]
    order = np.lexsort((at, account))
    return {
        "true_account_id": take(account_ids(accounts.index), account[order]),
        "stage": pa.array(names, pa.string()).take(order),
        "entered_on": iso_date(at[order]),
    }


def shared_devices_truth(accounts: Accounts, people: People) -> Columns:
    """One row per device that several persons of a company use."""
    shared = np.unique(people.account[people.shares_office_device])
    number = accounts.index[shared] * SLOTS
    return {
        "anonymous_id": device_ids(number, np.full(len(number), OFFICE)),
        "true_account_id": account_ids(accounts.index[shared]),
    }


def activity_accounts(
    accounts: Accounts, people: People, lives: SecondLives, activities: Activities
) -> pa.Array:
    """True account of each activity: where it was logged, or where its person is by then."""
    of_person = account_at(accounts, people, lives, activities.person, activities.at)
    logged = take(account_ids(accounts.index), activities.account)
    return where(activities.person >= 0, of_person, logged)
