"""Persons with more than one record or address: doubled contacts, movers, shared mailboxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import DAY, HOUR, NEVER, hex_ids, join, take
from .companies import Accounts
from .people import SLOTS, People
from .records import Records
from .span import Span
from .visits import EVALUATE, OWN, PORTAL, Sessions

ROLE_SLOT = SLOTS - 3


@dataclass(frozen=True)
class SecondLives:
    """Positions of persons and accounts concerned.

    `doubled` have two contacts at one account. `movers` change to account `moved_to` at
    `moved_at` and write from `new_email` then. `role_accounts` have a contact for a mailbox that
    nobody owns, which `role_users` also enter in forms. The leads of `disputed` were converted to
    them, and somebody filed a note on each that names the colleague in `claimants` as its contact.
    """

    doubled: np.ndarray
    doubled_ids: pa.Array
    movers: np.ndarray
    moved_to: np.ndarray
    moved_at: np.ndarray
    new_email: pa.Array
    moved_ids: pa.Array
    role_accounts: np.ndarray
    role_email: pa.Array
    role_ids: pa.Array
    role_users: np.ndarray
    disputed: np.ndarray
    claimants: np.ndarray


def make_second_lives(
    accounts: Accounts, people: People, records: Records, *, span: Span
) -> SecondLives:
    """Chosen by number, so that every world above a few hundred accounts holds all of them."""
    company = np.flatnonzero(accounts.in_crm & (accounts.parent < 0))
    has_contact = (records.contact_created >= 0) & ~people.is_visitor
    b2b = has_contact & accounts.is_b2b[people.account]
    doubled = np.flatnonzero(b2b & (people.number % 43 == 5))
    moved_at = np.maximum(accounts.ended[people.account], people.known) + 9 * DAY
    moves = b2b & people.logs_in & (people.known >= 0) & ~people.shares_office_device
    moves &= (people.slot > 0) & (people.number % 5 == 3) & (moved_at < span.end - 30 * DAY)
    movers = np.flatnonzero(moves & (people.number % 43 != 5))
    place = np.searchsorted(company, people.account[movers], side="right") % max(len(company), 1)
    moved_to = company[place] if len(company) else movers
    stays = accounts.domain.take(moved_to).to_numpy(False) == accounts.domain.take(
        people.account[movers]).to_numpy(False)  # fmt: skip
    movers, moved_to = movers[~stays], moved_to[~stays]
    local = pc.utf8_slice_codeunits(people.email.take(movers), 0, 64)
    local = pc.list_element(pc.split_pattern(local, "@"), 0) if len(movers) else local
    role = company[accounts.index[company] % 8 == 1]
    users = np.flatnonzero((people.slot < 2) & ~people.is_visitor & np.isin(people.account, role))
    disputed, claimants = _disputed_leads(people, records, span)
    return SecondLives(
        doubled, hex_ids("con_", people.number[doubled], salt=54),
        movers, moved_to, moved_at[movers],
        new_email=join(local, "@", take(accounts.domain, moved_to)),
        moved_ids=hex_ids("con_", people.number[movers], salt=55),
        role_accounts=role, role_email=join("info@", take(accounts.domain, role)),
        role_ids=hex_ids("con_", accounts.index[role] * SLOTS + ROLE_SLOT, salt=52),
        role_users=np.setdiff1d(users, movers), disputed=disputed, claimants=claimants,
    )  # fmt: skip


def _disputed_leads(people: People, records: Records, span: Span) -> tuple[np.ndarray, np.ndarray]:
    """Converted leads that two contacts of one account claim: persons, and their colleagues."""
    person = np.arange(len(people) - 1)
    both = (records.contact_created[person] >= 0) & (records.contact_created[person + 1] >= 0)
    disputed = both & (records.lead_converted[person] >= 0) & (people.number[person] % 61 == 13)
    disputed &= (people.account[person] == people.account[person + 1]) & ~people.is_visitor[person]
    later = np.maximum(records.contact_created[person], records.contact_created[person + 1])
    disputed = np.flatnonzero(disputed & (later + 2 * DAY < span.end))
    return disputed, disputed + 1


def other_address_visits(
    accounts: Accounts, people: People, lives: SecondLives, *, span: Span
) -> tuple[Sessions, People]:
    """Sessions in which movers and users of shared mailboxes enter the other address.

    Returns the sessions and the persons as they present themselves in them.
    """
    person = np.r_[lives.movers, lives.role_users]
    role_start = accounts.opened[people.account[lives.role_users]] + 26 * HOUR
    role_start = role_start + people.slot[lives.role_users] * 5 * HOUR
    start = np.r_[lives.moved_at + 2 * DAY, role_start]
    intent = np.repeat([PORTAL, EVALUATE], [len(lives.movers), len(lives.role_users)])
    at_role = np.searchsorted(lives.role_accounts, people.account[lives.role_users])
    email = people.email.to_numpy(zero_copy_only=False).copy()
    email[lives.movers] = lives.new_email.to_numpy(zero_copy_only=False)
    email[lives.role_users] = lives.role_email.take(at_role).to_numpy(zero_copy_only=False)
    logs_in = people.logs_in.copy()
    logs_in[lives.role_users] = False
    email = pa.array(email, pa.string())
    inside = start < span.end - HOUR
    person, count = person[inside], int(inside.sum())
    sessions = Sessions(
        person=person, start=start[inside], intent=intent[inside],
        device=np.full(count, OWN), way=np.zeros(count, int), message=np.full(count, NEVER),
        order=np.full(count, NEVER), identifies=np.ones(count, bool),
    )  # fmt: skip
    return sessions, replace(people, email=email, variant=email, logs_in=logs_in)
