"""The table experiments: which variant of a page or of a mail series each visitor was given."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..arrays import DAY, Columns, iso, mix, take
from ..people import device_ids
from ..visits import OFFICE, PRICE, SHOP
from ..web import is_app_only
from .feed import same
from .standing import Standing

_PAGE, _SERIES = "price-page-headline", "welcome-series-length"
_VARIANTS = ("control", "treatment")


def experiment_table(stand: Standing) -> Columns:
    """One row per device on the price page and in the shop, by device; and per newly agreed
    address, by address. Both ran in the second half of the span."""
    device, seen = _devices(stand)
    person, agreed = _addresses(stand)
    people = stand.life.people
    devices = device_ids(people.number[device // 4], device % 4)
    nothing = pa.nulls(len(device), pa.string())
    dice = np.r_[mix(people.number[device // 4] * 4 + device % 4, salt=81),
                 mix(people.number[person], salt=82)]  # fmt: skip
    addresses = stand.emails(person)
    return {
        "experiment_id": pa.concat_arrays([same(_PAGE, len(device)), same(_SERIES, len(person))]),
        "variant": take(_VARIANTS, (dice % np.uint64(2)).astype(int)),
        "email": pa.concat_arrays([nothing, pc.utf8_lower(addresses)]),
        "anonymous_id": pa.concat_arrays([devices, pa.nulls(len(person), pa.string())]),
        "assigned_at": iso(np.r_[seen, agreed]),
    }


def _start(stand: Standing) -> int:
    return stand.span.first + stand.span.days // 2 * DAY


def _devices(stand: Standing) -> tuple[np.ndarray, np.ndarray]:
    """Devices (4 × position of the person + device), and when each was first in the test."""
    sessions, people = stand.life.sessions, stand.life.people
    inside = np.isin(sessions.intent, (PRICE, SHOP)) & (sessions.device != OFFICE)
    inside &= sessions.start > _start(stand)
    inside &= ~is_app_only(people, sessions, stand.life.events)
    rows = np.flatnonzero(inside)
    rows = rows[np.argsort(sessions.start[rows], kind="stable")]
    device = sessions.person[rows] * 4 + sessions.device[rows]
    device, first = np.unique(device, return_index=True)
    return device, sessions.start[rows][first]


def _addresses(stand: Standing) -> tuple[np.ndarray, np.ndarray]:
    """Persons who agreed to be mailed while the test ran, and when."""
    since = stand.life.consents.since
    person = np.flatnonzero((since > _start(stand)) & (stand.known_from >= 0))
    return person, since[person] + 60
