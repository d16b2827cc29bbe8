"""Keeps erased persons out of what is landed: their rows are counted and never loaded."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.lib.access.marks import bring_marks
from orchestration.lib.access.personal import personal_table
from orchestration.lib.access.set_aside import lines_marked
from orchestration.lib.erasing.striking import delete_struck, strike
from orchestration.lib.erasing.tombstones import tombstones
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

STAGED, LINES = "incoming_rows", "bad_lines"


def keep_out(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    columns: Sequence[str],
) -> int:
    """Take erased persons out of a staged file of these raw columns; returns how many rows went."""
    marks = tombstones(settings)
    if marks is None:
        return 0
    bring_marks(cursor, marks)
    gone = 0
    if columns:
        gone, _ = strike(cursor, STAGED, personal_table(spec), columns, marks.providers)
        delete_struck(cursor, STAGED)
    marked = lines_marked(LINES, value(spec.system), marks.providers)
    (lines,) = cursor.execute(f"delete from {LINES} where {marked}").fetchone() or (0,)
    return gone + lines
