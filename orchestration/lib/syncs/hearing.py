"""Hears who refused in any tool before a run begins, so that this run takes them out of all."""

from __future__ import annotations

import os
from collections.abc import Sequence

import duckdb

from orchestration.lib.destinations.contract import DestinationRow
from orchestration.lib.destinations.rows import (
    TELLING_BY_ADDRESS,
    open_destination,
    read_destinations,
)
from orchestration.lib.errors import TouchlineError
from orchestration.lib.publishing import published_file
from orchestration.lib.publishing.versions import run_id_of
from orchestration.lib.running.steps import destinations, told_by_file
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.homes import Opener
from orchestration.lib.syncs.ledger import open_ledger
from orchestration.lib.syncs.published import attach_version, messaged_addresses
from orchestration.lib.syncs.refusing import read_refusals


def hear_refusals(
    settings: Settings, *, opener: Opener | None = None, segments: Sequence[str] | None = None
) -> list[str]:
    """Land as consents what tools tell of refusals since they were last asked.

    A tool that tells some by address alone is asked for whom the published version writes to, in
    any tool; an urgent run names the `segments` it is in a hurry for. Everybody else is asked for
    before anything is sent about them.

    Returns what was said by tools that could not be asked: nothing is sent to one of them without
    asking again. The caller holds the home's lock.
    """
    opened = opener or (lambda row: open_destination(row, environment=os.environ))
    rows = read_destinations(settings)
    unheard = []
    for name in sorted(set(destinations(settings)) - set(told_by_file(settings))):
        try:
            with open_ledger(settings) as ledger:
                about = _messaged(ledger, settings, rows[name], segments)
                read_refusals(ledger, settings, opened(rows[name]), about=about)
        except TouchlineError as error:
            unheard.append(f"{name} could not be asked who refused: {error.what}")
    return unheard


def _messaged(
    ledger: duckdb.DuckDBPyConnection,
    settings: Settings,
    row: DestinationRow,
    segments: Sequence[str] | None,
) -> list[str]:
    """Whom a tool is to be asked for by address; nobody before the first version."""
    if row.kind not in TELLING_BY_ADDRESS or not settings.current.exists():
        return []
    published = published_file(settings)
    attach_version(ledger, published, run_id=run_id_of(published))
    return messaged_addresses(ledger, segments)
