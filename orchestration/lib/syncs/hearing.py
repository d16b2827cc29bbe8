"""Hears who refused in any tool before a run begins, so that this run takes them out of all."""

from __future__ import annotations

import os

from orchestration.lib.destinations.rows import open_destination, read_destinations
from orchestration.lib.errors import TouchlineError
from orchestration.lib.running.steps import destinations, told_by_file
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.homes import Opener
from orchestration.lib.syncs.ledger import open_ledger
from orchestration.lib.syncs.refusing import read_refusals


def hear_refusals(settings: Settings, *, opener: Opener | None = None) -> list[str]:
    """Land as consents what tools tell of refusals since they were last asked.

    Returns what was said by tools that could not be asked: nothing is sent to one of them without
    asking again. The caller holds the home's lock.
    """
    opened = opener or (lambda row: open_destination(row, environment=os.environ))
    rows = read_destinations(settings)
    unheard = []
    for name in sorted(set(destinations(settings)) - set(told_by_file(settings))):
        try:
            with open_ledger(settings) as ledger:
                read_refusals(ledger, settings, opened(rows[name]))
        except TouchlineError as error:
            unheard.append(f"{name} could not be asked who refused: {error.what}")
    return unheard
