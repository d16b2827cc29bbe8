"""Carries out what was decided of rows and is not done yet: erasures, revocations, prunings."""

from __future__ import annotations

import duckdb

from orchestration.lib.erasing.finishing import finish_erasures
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.retention import finish_prunings, limits_in_force
from orchestration.lib.revoking import finish_revocations
from orchestration.lib.settings import Settings


def finish_decided(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[str]:
    """Finish it before rows land or a build reads them; returns the erasures worked on.

    Costs one look where nothing waits. The caller holds the home's lock.
    """
    ensure_raw_tables(connection)
    erasures = finish_erasures(connection, settings)
    finish_revocations(connection, settings)
    finish_prunings(connection, limits_in_force(settings))
    return erasures
