"""The table lead_status_changes: how marketing and sales judged each lead and contact."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..arrays import DAY, HOUR, NEVER, Columns, iso, join, numerals, ranks, take
from ..crm import OWNERS
from .standing import Standing

# leads move in the words of one CRM, contacts in those of another
_LEAD_WORDS = ("new", "working", "accepted", "qualified", "converted", "unqualified", "recycled")
NEW, WORKING, ACCEPTED, QUALIFIED, CONVERTED, UNQUALIFIED, RECYCLED = range(7)
_CONTACT_WORDS = ("lead", "mql", "sal", "sql", "customer")


def status_changes(stand: Standing) -> Columns:
    """One row per lead or contact and status it was given, in the order of its life."""
    leads, contacts = _of_leads(stand), _of_contacts(stand)
    records = stand.life.records
    person, status, at = (np.r_[leads[n], contacts[n]] for n in range(3))
    is_lead = np.arange(len(person)) < len(leads[0])
    lead_id = take(records.lead_id, np.where(is_lead, person, NEVER))
    contact_id = take(records.contact_id, np.where(is_lead, NEVER, person))
    words = (*_LEAD_WORDS, *_CONTACT_WORDS)
    place = ranks(person * 2 + is_lead, at)[0]
    order = np.lexsort((place, person, ~is_lead))
    record = lead_id.fill_null("") if len(person) else lead_id
    record = join(record, contact_id.fill_null("") if len(person) else contact_id)
    account = stand.life.people.account[person]
    table = {
        "change_id": join(record, "-", numerals(place)),
        "lead_id": lead_id,
        "contact_id": contact_id,
        "status": take(words, np.where(is_lead, status, status + len(_LEAD_WORDS))),
        "owner": take(OWNERS, stand.life.accounts.index[account] % len(OWNERS)),
        "changed_at": iso(at),
    }
    return {name: column.take(pa.array(order)) for name, column in table.items()}


def _of_leads(stand: Standing) -> tuple[np.ndarray, ...]:
    """(person, status, moment): the last status is the one the lead has in the CRM."""
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


def _of_contacts(stand: Standing) -> tuple[np.ndarray, ...]:
    """(person, status, moment) of contacts that never were leads, in step with their company."""
    records, accounts, people = stand.life.records, stand.life.accounts, stand.life.people
    direct = (records.contact_created >= 0) & (records.lead_created < 0) & stand.is_company
    created, account = records.contact_created, people.account
    considers, decides = accounts.consideration[account], accounts.decision[account]
    chief = direct & (people.slot < 3)
    won = accounts.won[account]
    moves = (
        (direct, 0, created),
        (direct & (considers > created), 1, considers + 2 * HOUR),
        (chief & (decides > created + 3 * DAY), 2, decides - 2 * DAY),
        (chief & (decides > created), 3, decides + 3 * HOUR),
        (chief & (won > created), 4, won + HOUR),
    )
    return _listed(moves, stand.span.end)


def _listed(moves: tuple, end: int) -> tuple[np.ndarray, ...]:
    """The moves that happen before the end, below each other."""
    rows = [np.flatnonzero(happens & (at < end)) for happens, _, at in moves]
    status = np.repeat([code for _, code, _ in moves], [len(row) for row in rows])
    at = [moment[row] for (_, _, moment), row in zip(moves, rows, strict=True)]
    return np.concatenate(rows), status, np.concatenate(at)
