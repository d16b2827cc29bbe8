"""The table lead_status_changes: how marketing and sales judged each lead and contact."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from ..arrays import DAY, HOUR, NEVER, Columns, iso, join, numerals, ranks, take
from ..crm import OWNERS
from .standing import Standing

# leads move in the words of one CRM, contacts in those of another
_WORDS = ("new", "working", "accepted", "qualified", "converted", "recycled", "unqualified",
          "lead", "mql", "sal", "sql", "customer")  # fmt: skip
NEW, WORKING, ACCEPTED, QUALIFIED, CONVERTED, RECYCLED, UNQUALIFIED = range(7)
LEAD, MQL, SAL, SQL, CUSTOMER = range(7, 12)


def status_changes(stand: Standing) -> Columns:
    """One row per lead or contact and status it was given, in the order of its life."""
    leads, contacts = _of_leads(stand), _of_contacts(stand)
    person, status, at = np.concatenate([leads, contacts], axis=1)
    is_lead = np.arange(len(person)) < leads.shape[1]
    place = ranks(person * 2 + is_lead, at * len(_WORDS) + status)[0]
    order = np.lexsort((place, person, ~is_lead))
    person, status, at, place, is_lead = (
        column[order] for column in (person, status, at, place, is_lead)
    )
    lead_id = take(stand.life.records.lead_id, np.where(is_lead, person, NEVER))
    contact_id = take(stand.life.records.contact_id, np.where(is_lead, NEVER, person))
    account = stand.life.people.account[person]
    return {
        "change_id": join(pc.coalesce(lead_id, contact_id), "-", numerals(place)),
        "lead_id": lead_id,
        "contact_id": contact_id,
        "status": take(_WORDS, status),
        "owner": take(OWNERS, stand.life.accounts.index[account] % len(OWNERS)),
        "changed_at": iso(at),
    }


def _of_leads(stand: Standing) -> np.ndarray:
    """Person, status and moment: the last status is the one the lead has in the CRM."""
    records, number = stand.life.records, stand.life.people.number
    created, converted = records.lead_created, records.lead_converted
    known = created >= 0
    won_over = known & (converted >= 0)
    left = known & (converted < 0)
    rejected, waits = left & (number % 5 == 0), left & (number % 5 > 0) & (number % 2 == 1)
    gap = converted - created
    worked = np.minimum(created + 4 * HOUR + number % 30 * HOUR, stand.span.end - 60)
    moves = (
        (known, NEW, created),
        (won_over, WORKING, created + gap // 5),
        (won_over, ACCEPTED, created + gap // 2),
        (won_over, QUALIFIED, converted - gap // 10),
        (won_over, CONVERTED, converted),
        (waits | rejected, WORKING, worked),
        (rejected & (number % 3 > 0), RECYCLED, worked + 21 * DAY),
        (rejected, UNQUALIFIED, worked + 40 * DAY),
    )
    return _listed(moves, stand.span.end)


def _of_contacts(stand: Standing) -> np.ndarray:
    """Person, status and moment of contacts that never were leads, in step with their company."""
    records, accounts, people = stand.life.records, stand.life.accounts, stand.life.people
    direct = (records.contact_created >= 0) & (records.lead_created < 0) & stand.is_company
    created, account = records.contact_created, people.account
    considers, decides = accounts.consideration[account], accounts.decision[account]
    chief = direct & (people.slot < 3)
    won = accounts.won[account]
    moves = (
        (direct, LEAD, created),
        (direct & (considers > created), MQL, considers + 2 * HOUR),
        (chief & (decides > created + 3 * DAY), SAL, decides - 2 * DAY),
        (chief & (decides > created), SQL, decides + 3 * HOUR),
        (chief & (won > created), CUSTOMER, won + HOUR),
    )
    return _listed(moves, stand.span.end)


def _listed(moves: tuple, end: int) -> np.ndarray:
    """The moves that happen before the end, below each other."""
    rows = [np.flatnonzero(happens & (at < end)) for happens, _, at in moves]
    status = np.repeat([code for _, code, _ in moves], [len(row) for row in rows])
    at = [moment[row] for (_, _, moment), row in zip(moves, rows, strict=True)]
    return np.stack([np.concatenate(rows), status, np.concatenate(at)])
