"""The table activities: calls, meetings and mails that sales and service log in the CRM."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import DAY, HOUR, NEVER, Columns, draw, expand, hex_ids, iso, iso_local, take, where
from .companies import Accounts
from .crm import OWNERS
from .deals import Deals
from .mail import Sends
from .people import People
from .records import Records
from .second_lives import SecondLives
from .span import Span, office_hours

TYPES = ("call", "meeting", "email", "note", "task")
CALL, MEETING, EMAIL, NOTE, TASK = range(5)
_OUTCOMES = ("connected", "voicemail", "busy", "held", "no_show")
_SUBJECTS = ("Call", "Meeting", "Mail", "Note", "To do")


@dataclass(frozen=True)
class Activities:
    """One element per logged activity; `reply_to` is the position of the send it answers.

    A calendar holds some meetings as well: `same_as` is the position of the CRM's record of it.
    `lead_of` is the person whose lead a note was filed on, though its contact is a colleague.
    """

    account: np.ndarray
    person: np.ndarray
    deal: np.ndarray
    kind: np.ndarray
    is_inbound: np.ndarray
    at: np.ndarray
    reply_to: np.ndarray
    same_as: np.ndarray
    lead_of: np.ndarray

    def __len__(self) -> int:
        return len(self.account)


def make_activities(
    accounts: Accounts, people: People, records: Records, lives: SecondLives, deals: Deals,
    sends: Sends, *, span: Span, rng: np.random.Generator,
) -> Activities:  # fmt: skip
    """Work on deals, a few cold calls, service for customers, and logged answers to mails; what
    the calendar has too; and notes on leads of somebody else."""
    parts = [
        _for_deals(accounts, deals, span, rng),
        _for_prospects(accounts, rng),
        _for_customers(accounts, span, rng),
    ]
    account, deal, kind, at = (np.concatenate([part[n] for part in parts]) for n in range(4))
    at = _at_work(accounts, deals, account, deal, at, rng)
    person = _whom(accounts, people, records, account, at, rng)
    inside = (at >= span.first) & (at < span.end - HOUR)
    inbound = (rng.random(len(account)) < 0.4) & (account % 10 < 1) & (kind != NOTE)
    replied = np.flatnonzero(sends.replied >= 0)
    answerer = sends.person[replied]
    account, person, deal = account[inside], person[inside], deal[inside]
    kind, inbound, at = kind[inside], inbound[inside], at[inside]
    met = np.flatnonzero((kind == MEETING) & (person >= 0) & (account % 3 == 1))
    claimant, disputed = lives.claimants, lives.disputed
    filed = np.maximum(records.contact_created[claimant], records.lead_converted[disputed]) + DAY
    return Activities(
        account=np.r_[account, people.account[answerer], account[met], people.account[claimant]],
        person=np.r_[person, answerer, person[met], claimant],
        deal=np.r_[deal, _never(replied), _never(met), _never(claimant)],
        kind=np.r_[kind, np.full(len(replied), EMAIL), kind[met], np.full(len(claimant), NOTE)],
        is_inbound=np.r_[inbound, np.ones(len(replied), bool), inbound[met],
                         np.zeros(len(claimant), bool)],
        at=np.r_[at, sends.replied[replied] + 120 + replied % 160, at[met] + 60 + met % 500,
                 filed],
        reply_to=np.r_[_never(account), replied, _never(met), _never(claimant)],
        same_as=np.r_[_never(account), _never(replied), met, _never(claimant)],
        lead_of=np.r_[_never(account), _never(replied), _never(met), disputed],
    )  # fmt: skip


def _never(like: np.ndarray) -> np.ndarray:
    return np.full(len(like), NEVER)


def _at_work(
    accounts: Accounts, deals: Deals, account: np.ndarray, deal: np.ndarray, at: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Sales works in working hours, unless that would move an act out of its deal."""
    moved = office_hours(at, rng)
    closed = np.where(deal >= 0, deals.closed[deal], NEVER) if len(deals) else deal
    fits = (moved > accounts.opened[account]) & ((moved < closed) == (at < closed))
    won = accounts.won[account]
    return np.where(fits & ((moved < won) == (at < won)), moved, at)


def _for_deals(accounts: Accounts, deals: Deals, span: Span, rng: np.random.Generator) -> tuple:
    """Six or seven activities a deal; the first is the meeting that made it one."""
    deal, place = expand(1 + rng.poisson(5.5, len(deals)))
    start = deals.created[deal]
    end = np.where(deals.closed[deal] >= 0, deals.closed[deal], span.end - HOUR)
    early = np.where(rng.random(len(deal)) < 0.15, 18 * DAY, 0)
    at = start - early + ((end - start).clip(1) * rng.random(len(deal)) * 0.99).astype(int)
    at = np.where(place == 0, start + 2 * HOUR, at)
    at = np.maximum(at, accounts.opened[deals.account[deal]] + HOUR)
    kind = np.where(place == 0, MEETING, draw(rng, (0.34, 0.3, 0.24, 0.07, 0.05), len(deal)))
    return deals.account[deal], deal, kind, at


def _for_prospects(accounts: Accounts, rng: np.random.Generator) -> tuple:
    """A cold call or two for companies that have not come so far."""
    calls = np.where(accounts.in_crm & (accounts.decision < 0), rng.poisson(1.2, len(accounts)), 0)
    account, _ = expand(calls)
    length = accounts.ended[account] - accounts.opened[account]
    at = accounts.opened[account] + DAY + (length * rng.random(len(account))).astype(int)
    return account, np.full(len(account), NEVER), draw(rng, (0.8, 0, 0.2), len(account)), at


def _for_customers(accounts: Accounts, span: Span, rng: np.random.Generator) -> tuple:
    """A call, a mail or a review meeting every other month."""
    months = np.where(accounts.won >= 0, (span.end - accounts.won) / (30 * DAY), 0)
    account, _ = expand(rng.poisson(months * 0.5))
    won = accounts.won[account]
    at = won + HOUR + ((span.end - won - 2 * HOUR) * rng.random(len(account))).astype(int)
    kind = draw(rng, (0.4, 0.35, 0.25), len(account))
    return account, np.full(len(account), NEVER), kind, at


def _whom(
    accounts: Accounts, people: People, records: Records, account: np.ndarray, at: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """A person of the account, if the CRM knew that person by then; else NEVER."""
    inside = people.account[~people.is_visitor]
    sizes = np.bincount(inside, minlength=len(accounts))
    first = np.cumsum(sizes) - sizes
    person = first[account] + (rng.random(len(account)) ** 1.4 * sizes[account]).astype(int)
    contact, lead = records.contact_created[person], records.lead_created[person]
    in_time = ((contact >= 0) & (contact <= at)) | ((lead >= 0) & (lead <= at))
    return np.where(in_time, person, NEVER)


def activity_table(
    accounts: Accounts, records: Records, deals: Deals, activities: Activities, ids: pa.Array,
    *, rng: np.random.Generator,
) -> Columns:  # fmt: skip
    """All columns of activities; `ids` are the activity ids."""
    person, at, kind = activities.person, activities.at, activities.kind
    by_contact = (person >= 0) & (records.contact_created[person] >= 0)
    by_contact &= records.contact_created[person] <= at
    by_contact |= (activities.reply_to >= 0) & (records.contact_created[person] >= 0)
    count = len(activities)
    spoken = np.where(kind == CALL, 60 + rng.integers(0, 1_500, count), NEVER)
    spoken = np.where(kind == MEETING, 1_800 * (1 + rng.integers(0, 2, count)), spoken)
    dice = rng.integers(0, 3, count)
    outcome = np.where(kind == CALL, dice, np.where(rng.random(count) < 0.88, 3, 4))
    index = accounts.index[activities.account]
    in_calendar = activities.same_as >= 0
    direction = np.where((kind >= NOTE) | in_calendar, NEVER, activities.is_inbound.astype(int))
    of_other = activities.lead_of >= 0
    lead = np.where(of_other, activities.lead_of, np.where(by_contact, NEVER, person))
    return {
        "activity_id": ids,
        "activity_type": take(TYPES, kind),
        "subject": take(_SUBJECTS, kind),
        "direction": take(("outbound", "inbound"), direction),
        "contact_id": where(by_contact, take(records.contact_id, person)),
        "lead_id": take(records.lead_id, lead),
        "account_id": take(records.crm_account_id, np.where(index % 5 == 0, np.where(
            person >= 0, NEVER, activities.account), activities.account)),
        "opportunity_id": take(deals.ids, activities.deal),
        "owner": take(OWNERS, index % len(OWNERS)),
        "duration_seconds": pa.array(spoken, mask=spoken < 0),
        "outcome": take(_OUTCOMES, np.where((kind <= MEETING) & ~in_calendar, outcome, NEVER)),
        "sentiment": take(("positive", "neutral", "negative"), np.where(dice < 1, index % 3, -1)),
        "occurred_at": where(index % 4 == 1, iso_local(at), iso(at)),
    }  # fmt: skip


def activity_ids(first_number: int, count: int) -> pa.Array:
    """Ids of the activities of a chunk."""
    return hex_ids("act_", first_number + np.arange(count), salt=58)
