"""Reads the quarantine: how many rows for which reason, and the rows themselves."""

from __future__ import annotations

from typing import Any

import duckdb

from orchestration.lib.explain.reading import as_rows
from orchestration.lib.landing.tables import ensure_raw_tables


def reasons_for_setting_aside(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """One row per table, column and reason: rows, files, the last file; most rows first."""
    ensure_raw_tables(connection)
    return as_rows(
        connection.execute(
            """
            select
                system || '/' || table_name as "table",
                column_name as "column",
                reason,
                count(*) as "rows",
                count(distinct source_file) as files,
                arg_max(source_file, batch_id) as last_file
            from raw_ops.quarantine
            group by all
            order by "rows" desc, "table", "column", reason
            """
        )
    )


def rows_set_aside(
    connection: duckdb.DuckDBPyConnection, *, place: str, limit: int
) -> list[dict[str, Any]]:
    """The newest rows of a table (`system/table`) or of files whose name begins with `place`.

    Each with file, line, column, reason and the text as it came.
    """
    ensure_raw_tables(connection)
    return as_rows(
        connection.execute(
            """
            select
                source_file as file,
                source_row as line,
                column_name as "column",
                reason,
                raw_text as "text"
            from raw_ops.quarantine
            where starts_with(source_file, ?)
            order by batch_id desc, source_row
            limit ?
            """,
            [place, limit],
        )
    )
