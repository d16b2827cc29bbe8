"""The list of oddities that are no mistakes of an export: doubled, moved, shared, withdrawn."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import Columns
from .commerce import order_ids
from .life import Life
from .mail import withdrawals
from .people import DISPOSED, FREE, device_ids
from .records import is_merged, second_account_ids
from .span import Span
from .truth import shared_devices_truth


def oddities(life: Life, span: Span) -> Columns:
    """Rows of truth/dirt.csv: what is odd, in which table, and the record or address."""
    people, records, lives = life.people, life.records, life.lives
    has_contact = (records.contact_created >= 0) & ~people.is_visitor
    b2b = life.accounts.is_b2b[people.account] & ~people.is_visitor
    free = np.flatnonzero(has_contact & b2b & (people.address_kind == FREE))
    disposed = np.flatnonzero(has_contact & (people.address_kind == DISPOSED))
    left = np.flatnonzero(withdrawals(life.sends, people, life.consents, span) >= 0)
    formed = np.setdiff1d(np.flatnonzero(records.lead_from_form), lives.disputed)
    answers = np.flatnonzero(life.activities.reply_to >= 0)
    calendar = np.flatnonzero(life.activities.same_as >= 0)
    merged = np.flatnonzero(life.accounts.in_crm & is_merged(life.accounts.index))
    moved_devices = device_ids(people.number[lives.movers], np.zeros(len(lives.movers), int))
    groups = (
        ("doubled_contact", "contacts", lives.doubled_ids),
        ("moved_person", "contacts", lives.moved_ids),
        ("moved_person", "web_events", moved_devices),
        ("shared_mailbox", "contacts", lives.role_ids),
        ("shared_device", "web_events",
         shared_devices_truth(life.accounts, people)["anonymous_id"]),
        ("free_mail_in_company", "contacts", records.contact_id.take(free)),
        ("disposable_address", "contacts", records.contact_id.take(disposed)),
        ("consent_withdrawn", "consents", people.email.take(left)),
        ("cross_source_duplicate", "leads", records.lead_id.take(formed)),
        ("cross_source_duplicate", "activities", life.activity_ids.take(answers)),
        ("cross_source_duplicate", "activities", life.activity_ids.take(calendar)),
        ("merged_account", "accounts", second_account_ids(life.accounts.index[merged])),
        ("disputed_lead", "leads", records.lead_id.take(lives.disputed)),
        ("cross_source_duplicate", "orders",
         order_ids(life.orders).take(np.flatnonzero(life.orders.is_web))),
    )  # fmt: skip
    return {
        "kind": pa.array([kind for kind, _, keys in groups for _ in keys], pa.string()),
        "table": pa.array([table for _, table, keys in groups for _ in keys], pa.string()),
        "record_key": pa.concat_arrays([keys for _, _, keys in groups]),
    }
