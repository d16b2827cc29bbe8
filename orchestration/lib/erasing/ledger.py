"""Takes erased persons out of the ledger of syncs, but for what a tool still holds of them."""

from __future__ import annotations

from collections import Counter

import duckdb

from orchestration.lib.access.marks import Marks, bring_marks
from orchestration.lib.access.told import (
    PERSON_COLUMN,
    about_marked,
    ledger_file,
    ledger_tables,
)
from orchestration.lib.failpoints import failpoint
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name
from orchestration.lib.transaction import transaction

# What a destination still holds: the next sync removes it there, and needs the address for that.
HELD = "acknowledged"
CHANGES = "sync_changes"
# Of a change that is not answered yet nothing goes: it may have to be looked for at the tool.
UNANSWERED = ("planned", "sent")
# What stays of an answered change: which plan, what was done, how it ended.
KEPT = (
    "plan_id", "change_number", "wave", "destination", "segment_id", "operation", "purpose",
    "channel", "batch", "state", "attempts", "answered_at",
)  # fmt: skip


def erase_from_ledger(settings: Settings, marks: Marks) -> tuple[dict[str, int], int]:
    """Blank what the ledger says of marked persons; counts, and removals that wait for a sync."""
    path = ledger_file(settings)
    if not path.exists():
        return {}, 0
    counts: Counter[str] = Counter()
    with duckdb.connect(str(path)) as connection:
        bring_marks(connection, marks)
        tables = ledger_tables(connection)
        with transaction(connection):
            for table, columns in tables.items():
                if gone := _erase(connection, table, columns, marks):
                    counts[f"syncs {table.split('.')[1].strip(chr(34))}"] += gone
            failpoint("erase.before_ledger")
        waiting = sum(_waiting(connection, table, tables[table], marks) for table in tables)
        connection.execute("checkpoint")
    return dict(counts), waiting


def _erase(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], marks: Marks
) -> int:
    """Blank or delete rows of one table; returns how many."""
    about = about_marked(table, columns, marks)
    if table.endswith(f".{name(HELD)}"):
        return 0
    if not table.endswith(f".{name(CHANGES)}"):
        return _changed(connection, f"delete from {table} where {about}")
    blanks = [
        f"{name(column)} = {'null' if column != PERSON_COLUMN else repr('erased')}"
        for column in columns
        if column not in KEPT
    ]
    answered = f"not list_contains({list(UNANSWERED)!r}, state)"
    return _changed(
        connection, f"update {table} set {', '.join(blanks)} where ({about}) and {answered}"
    )


def _waiting(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], marks: Marks
) -> int:
    """Rows of marked persons that are still there, of which each waits for a sync."""
    about = about_marked(table, columns, marks)
    return connection.execute(f"select count(*) from {table} where {about}").fetchall()[0][0]


def _changed(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    (rows,) = connection.execute(statement).fetchone() or (0,)
    return int(rows)
