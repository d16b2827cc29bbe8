"""Lets rows of raw tables go, and has what was made of them built again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb

from orchestration.lib.failpoints import failpoint
from orchestration.lib.landing.row_limits import FOUND, RowLimit, let_go_within, without_zone
from orchestration.lib.sql_text import name
from orchestration.lib.transaction import transaction

_UNIFIED = """
select table_name from duckdb_columns()
where schema_name = 'unified' and database_name = current_database() and column_name = '_batch_id'
"""


def used_rows(connection: duckdb.DuckDBPyConnection, limit: RowLimit) -> int:
    """How many of the rows found the last build has as the latest version of a record."""
    tables = [table for (table,) in connection.execute(_UNIFIED).fetchall()]
    used = f"_batch_id in (select _batch_id from {FOUND}) and source_table = ?"
    return sum(
        connection.execute(
            f"select count(*) from unified.{name(table)} inner join {FOUND}"
            f" using (_batch_id, _source_row) where {used}",
            [limit.spec.table],
        ).fetchall()[0][0]
        for table in tables
    )


def let_go(connection: duckdb.DuckDBPyConnection, limit: RowLimit) -> int:
    """Delete the rows beyond a limit, in one transaction with the books; returns how many."""
    cursor = connection.cursor()
    try:
        with transaction(cursor):
            gone = let_go_within(cursor, limit)
            if gone:
                _have_built_again(cursor, limit)
            failpoint("prune.before_commit")
    finally:
        cursor.close()
    failpoint("prune.after_commit")
    return gone


def finish_prunings(connection: duckdb.DuckDBPyConnection, limits: Iterable[RowLimit]) -> int:
    """Let go what was decided and not carried out, as after a crash; returns the rows that went."""
    return sum(
        let_go(connection, limit) for limit in limits if not _is_carried_out(connection, limit)
    )


def _is_carried_out(connection: duckdb.DuckDBPyConnection, limit: RowLimit) -> bool:
    found = connection.execute(
        "select 1 from raw_ops.pruned_rows where system = ? and table_name = ?"
        " and moment is not distinct from ? and written_before >= ? limit 1",
        [*limit.spec.place, limit.moment, without_zone(limit.before)],
    ).fetchall()
    return bool(found)


def _have_built_again(cursor: duckdb.DuckDBPyConnection, limit: RowLimit) -> None:
    """Have the next run compare the table with what was built of it."""
    cursor.execute(
        "insert into raw_ops.asked_again values ('table', ?, ?, ?)",
        [limit.spec.name, without_zone(datetime.now(UTC)), f"rows were let go by {limit.rule_id}"],
    )
