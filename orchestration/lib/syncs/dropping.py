"""Drops from a plan, before it is sent, whoever was erased since it was made."""

from __future__ import annotations

import duckdb

from orchestration.lib.access.marks import bring_marks
from orchestration.lib.access.told import ADDRESS_COLUMN, PERSON_COLUMN, about_marked
from orchestration.lib.erasing.tombstones import tombstones
from orchestration.lib.settings import Settings

CHANGES = "sync_changes"


def drop_erased(connection: duckdb.DuckDBPyConnection, settings: Settings, plan_id: str) -> int:
    """Drop them from the changes that are still planned, removals but; how many."""
    marks = tombstones(settings)
    if marks is None:
        return 0
    bring_marks(connection, marks)
    about = about_marked(CHANGES, [PERSON_COLUMN, ADDRESS_COLUMN], marks)
    rows = connection.execute(
        f"update {CHANGES} set state = 'dropped', reason = 'erased', answered_at = now()::timestamp"
        f" where plan_id = ? and state = 'planned' and operation <> 'remove' and ({about})",
        [plan_id],
    ).fetchone()
    return int(rows[0]) if rows else 0
