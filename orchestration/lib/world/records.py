"""When the CRM learns of each person: leads, contacts and what became of the leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import DAY, NEVER, hex_ids, where
from .companies import Accounts
from .people import BUSINESS, People
from .span import Span


@dataclass(frozen=True)
class Records:
    """One element per person of the chunk; times in seconds, NEVER if there is no such record.

    `lead_from_form` says that the lead was made by the form the person had just sent.
    """

    contact_created: np.ndarray
    lead_created: np.ndarray
    lead_converted: np.ndarray
    lead_from_form: np.ndarray
    contact_id: pa.Array
    lead_id: pa.Array
    account_id: pa.Array
    crm_account_id: pa.Array


def crm_account_ids(index: np.ndarray) -> pa.Array:
    """CRM ids of accounts by their index over all chunks."""
    return hex_ids("acc_", index, salt=51)


def second_account_ids(index: np.ndarray) -> pa.Array:
    """CRM ids of the second records of accounts that were entered twice."""
    return hex_ids("acc_", index, salt=56)


def is_entered_twice(index: np.ndarray) -> np.ndarray:
    """Whether the CRM holds an account in two records that nobody ever made one."""
    return index % 97 == 4


def is_merged(index: np.ndarray) -> np.ndarray:
    """Whether it does, and merged the second record into the first in the end."""
    return (index % 31 == 9) & ~is_entered_twice(index)


def make_records(
    accounts: Accounts, people: People, *, span: Span, rng: np.random.Generator
) -> Records:
    """Leads come from forms and fairs, contacts from converted leads, sales research and shops."""
    count, account = len(people), people.account
    b2b = (account >= 0) & accounts.is_b2b[account]
    shopper = (account >= 0) & ~b2b
    in_crm = b2b & accounts.in_crm[account]
    known = people.known
    dice = rng.random((4, count))
    from_form = b2b & (known >= 0) & (people.address_kind == BUSINESS)
    from_form &= (dice[0] < 0.55) | ~in_crm
    from_fair = b2b & (known < 0) & (dice[0] < 0.06)
    lead = np.where(from_form, known + rng.integers(20, 240, count), NEVER)
    lead = np.where(from_fair, people.joined + 3 * DAY, lead)
    turn = np.where(accounts.decision[account] > lead, accounts.decision[account], lead + 5 * DAY)
    converted = np.where((lead >= 0) & in_crm & (dice[1] < 0.8), turn, NEVER)
    converted = np.where(converted < span.end - DAY, converted, NEVER)
    researched = people.joined + (dice[2] * 25 * DAY).astype(int)
    direct = np.where(known >= 0, known + 600, np.where(dice[3] < 0.75, researched, NEVER))
    contact = np.where(in_crm, np.where(lead >= 0, converted, direct), NEVER)
    contact = np.where(shopper & (known >= 0) & (dice[1] < 0.65), known + 60, contact)
    contact = np.where(contact < span.end, contact, NEVER)
    lead = np.where(lead < span.end, lead, NEVER)
    crm_account = where(accounts.in_crm, crm_account_ids(accounts.index))
    linked = np.where(in_crm, account, NEVER)
    index = np.where(in_crm, accounts.index[account], NEVER)
    to_second = is_merged(index) & (people.number % 4 == 1)
    to_first = crm_account.take(pa.array(linked, mask=linked < 0))
    return Records(
        contact, lead, converted, from_form & (lead >= 0),
        contact_id=where(contact >= 0, hex_ids("con_", people.number, salt=52)),
        lead_id=where(lead >= 0, hex_ids("lead_", people.number, salt=53)),
        account_id=where(to_second, second_account_ids(index), to_first),
        crm_account_id=crm_account,
    )  # fmt: skip
