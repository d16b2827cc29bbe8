"""Keeps what was last published of persons, so that the next build can say whose id changed.

The history is `state/persons.jsonl`: a line per publication that changed ids, fsynced before the
tables that models read. Those can be lost: they are made again of it and of the published file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import append_record, read_records
from orchestration.lib.home import open_warehouse
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value
from orchestration.lib.transaction import transaction

IDENTIFIERS = "marts.dim_identifiers"
ALIASES = "marts.fct_person_aliases"
COLUMNS = "old_person_id, new_person_id, changed_at, reason"
Change = tuple[str, str, datetime, str]


def history_file(settings: Settings) -> Path:
    """Every change of a published person's id, a line per publication."""
    return settings.state / "persons.jsonl"


def recall_persons(settings: Settings, *, is_past: bool = False) -> None:
    """Bring the tables that models read in line with the history, before a build.

    A day of the past compares itself with nothing: what was published later is no earlier state.
    """
    with open_warehouse(settings) as connection:
        ensure_raw_tables(connection)
        if is_past:
            connection.execute("delete from raw_ops.person_map")
            return
        _load_history(connection, settings)
        (known,) = connection.execute("select count(*) from raw_ops.person_map").fetchone()
        if not known and settings.current.exists():
            _learn(connection, settings.current.resolve())


def remember_persons(settings: Settings, *, run_id: str) -> int:
    """Note what a publication of the home's own build changed; returns how many ids changed.

    Whatever is not noted because the process dies is found again by the next build.
    """
    with open_warehouse(settings) as connection:
        ensure_raw_tables(connection)
        _load_history(connection, settings)
        changes = _new_changes(connection, settings.marts_build)
        if changes:
            told = [[*change[:2], change[2].isoformat(), change[3]] for change in changes]
            append_record(history_file(settings), {"run_id": run_id, "changes": told})
        failpoint("persons-noted")
        _load_history(connection, settings)
        _learn(connection, settings.marts_build)
    return len(changes)


def _new_changes(connection: duckdb.DuckDBPyConnection, marts: Path) -> list[Change]:
    """Changes that a built file tells and the history does not, in one order."""
    with attached_build(connection, marts, ALIASES) as found:
        if not found:
            return []
        return connection.execute(
            f"select {COLUMNS} from build.{ALIASES} "
            f"except select {COLUMNS} from raw_ops.person_changes order by all"
        ).fetchall()


def _learn(connection: duckdb.DuckDBPyConnection, marts: Path) -> None:
    """Make the map of persons that of a built file; only rows that differ are written."""
    with attached_build(connection, marts, IDENTIFIERS) as found:
        if not found:
            return
        connection.execute(
            f"create or replace temp table moved as "
            f"select now.identifier_id, now.person_id from build.{IDENTIFIERS} as now "
            "left join raw_ops.person_map as before using (identifier_id) "
            "where before.person_id is distinct from now.person_id"
        )
        with transaction(connection):
            connection.execute(
                "delete from raw_ops.person_map where identifier_id in "
                "(select identifier_id from moved) or identifier_id not in "
                f"(select identifier_id from build.{IDENTIFIERS})"
            )
            connection.execute("insert into raw_ops.person_map from moved")
        connection.execute("drop table moved")


def _load_history(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill the table of changes from the history when they are not the same number."""
    rows = sorted(set(_told_changes(settings)))
    (known,) = connection.execute("select count(*) from raw_ops.person_changes").fetchone()
    if known == len(rows):
        return
    with transaction(connection):
        connection.execute("delete from raw_ops.person_changes")
        connection.executemany("insert into raw_ops.person_changes values (?, ?, ?, ?)", rows)


def _told_changes(settings: Settings) -> Iterator[Change]:
    for record in read_records(history_file(settings)):
        for old, new, changed_at, reason in record["changes"]:
            yield old, new, datetime.fromisoformat(changed_at), reason


@contextmanager
def attached_build(
    connection: duckdb.DuckDBPyConnection, file: Path, *tables: str
) -> Iterator[bool]:
    """A built file as the catalog `build`; whether it is there and has the tables."""
    if not file.exists():
        yield False
        return
    connection.execute(f"attach {value(str(file))} as build (read_only)")
    try:
        (count,) = connection.execute(
            "select count(*) from duckdb_tables() "
            "where database_name = 'build' and list_contains(?, schema_name || '.' || table_name)",
            [list(tables)],
        ).fetchone()
        yield count == len(tables)
    finally:
        connection.execute("detach build")
