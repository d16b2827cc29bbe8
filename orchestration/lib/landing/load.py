"""Writes one file's rows, its quarantine and its ledger row: the part that is one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.landing.reports import FileReport
from orchestration.lib.landing.tables import add_columns, raw_table
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.raw_checks.validate import CheckResult
from orchestration.lib.sql_text import is_castable, is_missing, name, value

DIGITS = 12


def next_batch_id(connection: duckdb.DuckDBPyConnection) -> str:
    """The number after the last in the ledger: sorts as text, and is no clock."""
    row = connection.execute("select max(batch_id) from raw_ops.load_ledger").fetchone()
    last = int(row[0]) if row and row[0] else 0
    return f"{last + 1:0{DIGITS}d}"


def load_rows(
    connection: duckdb.DuckDBPyConnection,
    file: LandedFile,
    spec: TableSpec,
    match: ColumnMatch,
    *,
    batch_id: str,
    file_hash: str,
) -> int:
    """Insert good rows that are no duplicates; adds unknown columns first. Returns how many."""
    if not match.raw_names:
        return 0
    add_columns(connection, spec, list(match.unknown))
    columns = ", ".join(name(column) for column in match.raw_names)
    row_id = f"md5({value(f'{spec.name}|{file_hash}|')} || _source_row)"
    inserted = connection.execute(
        f"""
        insert into {raw_table(spec)} by name
        select
            {columns}, {row_id} as _row_id, $batch as _batch_id, $now as _loaded_at,
            $file as _source_file, _source_row, _key_hash, _content_hash
        from staged_rows
        where _fault is null and _source_row not in (from duplicate_rows)
        """,
        {"batch": batch_id, "now": _now(), "file": file.source_file},
    ).fetchone()
    return int(inserted[0]) if inserted else 0


def count_uncastable(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, match: ColumnMatch, *, batch_id: str
) -> dict[str, int]:
    """Keep how many filled optional values of good rows staging will see as null, by column."""
    columns = [
        column
        for column in spec.columns
        if column.type != "text" and not column.is_required and column.name in match.raw_names
    ]
    if not columns:
        return {}
    bad = {
        column: f"not {is_missing(column.name)} and not {is_castable(column.name, column.type)}"
        for column in columns
    }
    figures = [
        f"count(*) filter ({sql}), min(left({name(column.name)}, 200)) filter ({sql})"
        for column, sql in bad.items()
    ]
    row = connection.execute(
        f"select {', '.join(figures)} from staged_rows where _fault is null"
    ).fetchone()
    assert row is not None
    counts = dict(zip(columns, row[::2], strict=True))
    for column, example in zip(columns, row[1::2], strict=True):
        if counts[column]:
            connection.execute(
                "insert into raw_ops.uncastable_values values (?, ?, ?, ?, ?, ?, ?)",
                [
                    batch_id,
                    spec.system,
                    spec.table,
                    column.name,
                    column.type,
                    counts[column],
                    example,
                ],
            )
    return {column.name: count for column, count in counts.items() if count}


def write_checks(
    connection: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    checks: Sequence[CheckResult],
    *,
    batch_id: str,
) -> None:
    """One row for each expectation the batch was judged by."""
    rows = [
        {
            "batch_id": batch_id,
            "system": spec.system,
            "table_name": spec.table,
            "expectation": one.expectation.type,
            "column_name": one.column,
            "severity": one.expectation.severity,
            "success": one.success,
            "observed": one.observed,
            "because": one.expectation.because,
            "remedy": one.expectation.do,
            "arguments": json.dumps(one.expectation.kwargs),
            "result": json.dumps(one.result),
        }
        for one in checks
    ]
    if rows:
        columns, marks = ", ".join(rows[0]), ", ".join("?" for _ in rows[0])
        connection.executemany(
            f"insert into raw_ops.batch_checks ({columns}) values ({marks})",
            [list(row.values()) for row in rows],
        )


def write_ledger(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, report: FileReport, *, file_hash: str
) -> None:
    """One ledger row for the file, as reported."""
    values = {
        "batch_id": report.batch_id,
        "system": report.system,
        "table_name": report.table,
        "source_file": report.source_file,
        "file_hash": file_hash,
        "file_bytes": file.bytes,
        "file_modified_at": file.modified_at,
        "status": report.status,
        "reason": report.reason,
        "rows_in": report.rows_in,
        "rows_loaded": report.rows_loaded,
        "rows_duplicate": report.rows_duplicate,
        "rows_quarantined": report.rows_quarantined,
        "rows_erased": report.rows_erased,
        "unknown_columns": ", ".join(report.unknown_columns) or None,
        "missing_columns": ", ".join(report.missing_columns) or None,
        "loaded_at": _now(),
        "seconds": report.seconds,
    }
    marks = ", ".join("?" for _ in values)
    connection.execute(
        f"insert into raw_ops.load_ledger ({', '.join(values)}) values ({marks})",
        list(values.values()),
    )


def _now() -> datetime:
    """The clock, for people reading the ledger; no model uses it."""
    return datetime.now(UTC).replace(tzinfo=None)
