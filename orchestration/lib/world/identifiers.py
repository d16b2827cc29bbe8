"""Truth about identifiers: which address, record, log-in and device is whose."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import Columns, join, numerals, take
from .commerce import user_ids
from .life import Life
from .people import SLOTS, device_ids, hashed_emails
from .second_lives import ROLE_SLOT
from .truth import is_known
from .visits import OFFICE
from .web import is_app_only


def identifiers_truth(life: Life) -> Columns:
    """One row per identifier of one person; shared devices are left out.

    `is_linkable` is false for devices on which the person never said who they were, for the
    addresses of shared mailboxes and for leads that two contacts claim, which must not join.
    """
    people, records, lives = life.people, life.records, life.lives
    known = np.flatnonzero(is_known(people, records, life.orders))
    usual, variant = people.email.take(known), people.variant.take(known)
    written = known[variant.to_numpy(False) != usual.to_numpy(False)]
    contacts = np.flatnonzero(records.contact_created >= 0)
    leads = np.setdiff1d(np.flatnonzero(records.lead_created >= 0), lives.disputed)
    disputed = lives.disputed
    users = _who_logged_in(life)
    devices, told = devices_of(life)
    role_person = life.accounts.index[lives.role_accounts] * SLOTS + ROLE_SLOT
    hashes = hashed_emails(people)
    hashing = known[hashes.take(known).is_valid().to_numpy(False)]
    parts = (
        ("email", lives.role_email, role_person),
        ("lead_id", records.lead_id.take(disputed), people.number[disputed]),
        ("email_sha256", hashes.take(hashing), people.number[hashing]),
        ("email", usual, people.number[known]),
        ("email", people.variant.take(written), people.number[written]),
        ("email", lives.new_email, people.number[lives.movers]),
        ("contact_id", records.contact_id.take(contacts), people.number[contacts]),
        ("contact_id", lives.doubled_ids, people.number[lives.doubled]),
        ("contact_id", lives.moved_ids, people.number[lives.movers]),
        ("contact_id", lives.role_ids, role_person),
        ("lead_id", records.lead_id.take(leads), people.number[leads]),
        ("user_id", user_ids(people).take(users), people.number[users]),
        ("anonymous_id", device_ids(people.number[devices // 4], devices % 4),
         people.number[devices // 4]),
    )  # fmt: skip
    numbers = np.concatenate([part[2] for part in parts])
    nobodys = len(role_person) + len(disputed)
    certain = len(numbers) - nobodys - len(devices)
    linkable = np.r_[np.zeros(nobodys, bool), np.ones(certain, bool), told]
    return {
        "identifier_type": pa.array([part[0] for part in parts for _ in part[2]], pa.string()),
        "value": pa.concat_arrays([part[1] for part in parts]),
        "true_person_id": join("P", numerals(numbers, width=9)),
        "is_linkable": take(("false", "true"), linkable.astype(int)),
    }


def log_ins(life: Life, users: np.ndarray, named: np.ndarray) -> Columns:
    """Further rows: the log-ins of persons who use the product and never logged in elsewhere;
    nobody can tell whose they are unless the product also has the person's address (`named`)."""
    only = np.setdiff1d(users, _who_logged_in(life))
    return {
        "identifier_type": pa.array(["user_id"] * len(only), pa.string()),
        "value": user_ids(life.people).take(pa.array(only)),
        "true_person_id": join("P", numerals(life.people.number[only], width=9)),
        "is_linkable": take(("false", "true"), np.isin(only, named).astype(int)),
    }


def _who_logged_in(life: Life) -> np.ndarray:
    """Positions of the persons whose user id stands in web events or orders."""
    buyers = life.orders.person[life.orders.is_web]
    return np.unique(
        np.r_[
            life.sessions.person[life.events.session[life.events.has_user]],
            life.others.person[life.other_events.session[life.other_events.has_user]],
            buyers[life.people.logs_in[buyers]],
        ]
    )


def devices_of(life: Life) -> tuple[np.ndarray, np.ndarray]:
    """Devices of single persons (4 × position + device), and whether each said whose it is.

    The address of a shared mailbox says nothing; a log-in does.
    """
    sessions, events = life.sessions, life.events
    usual = sessions.person * 4 + sessions.device
    other = life.others.person * 4 + life.others.device
    own = (sessions.device != OFFICE) & ~is_app_only(life.people, sessions, events)
    devices = np.unique(np.r_[usual[own], other])
    says = (events.has_email | events.has_user) & own[events.session]
    logs_in = life.other_events.has_user
    told = np.r_[usual[events.session[says]], other[life.other_events.session[logs_in]]]
    return devices, np.isin(devices, told)
