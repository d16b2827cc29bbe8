"""Puts one file into temporary tables: its rows, facts on each row, and lines that are no rows."""

from __future__ import annotations

import duckdb

from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import is_castable, is_missing, same_value, value, version_at

ROW_FACTS = (
    "_row_no bigint, _source_row bigint, _key_hash uuid, _content_hash uuid,"
    " _version_at timestamptz, _fault struct(column_name varchar, reason varchar)"
)


def forget_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty the temporary tables."""
    for table, columns in (
        ("incoming_rows", "nothing varchar"),
        ("row_facts", ROW_FACTS),
        ("bad_lines", "source_row bigint, reason varchar, raw_text varchar"),
    ):
        connection.execute(f"create or replace temp table {table} ({columns})")
    for table in ("file_lines", "csv_lines", "csv_joined", "csv_records", "json_lines"):
        connection.execute(f"drop table if exists temp.{table}")


def stage_rows(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    match: ColumnMatch,
    spec: TableSpec,
    *,
    source_row: str = "_record_no",
) -> None:
    """Fill `incoming_rows` from `relation` (SQL of the raw columns as text) and `row_facts`.

    `row_facts` has a row for each row: _row_no (rowid of `incoming_rows`, which is the order of the
    file), its number in the file, `_content_hash` (same for the same filled values, times and
    numbers however written, whatever other columns the file has), `_key_hash` (null for a keyless
    row), the time that orders versions of a key, and the fault (column_name, reason) or null.
    """
    connection.execute("set preserve_insertion_order = true")
    try:
        connection.execute(f"create or replace temp table incoming_rows as {relation}")
    finally:
        connection.execute("set preserve_insertion_order = false")
    key = tuple(column for column in spec.key if column in match.raw_names)
    connection.execute(
        f"""
        insert into row_facts
        select
            rowid,
            {source_row},
            md5(nullif({_pairs(key)}, ''))::uuid,
            md5({_pairs(match.raw_names, spec)})::uuid,
            {version_at(match.raw_names)},
            {_fault(spec, match)}
        from incoming_rows
        """
    )


def staged_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows and bad lines of the staged file."""
    row = connection.execute(
        "select (select count(*) from row_facts) + (select count(*) from bad_lines)"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _pairs(columns: tuple[str, ...], spec: TableSpec | None = None) -> str:
    """SQL of one text that names every filled column with its value, in order of name.

    With a spec, times and numbers stand as what they mean, so that a row that comes again by
    another export is known again.
    """
    kinds = {column.name: column.type for column in spec.columns} if spec else {}
    pairs = [
        f"{value(column)} || chr(31) || nullif({same_value(column, kinds.get(column))}, '')"
        for column in sorted(columns, key=str.lower)
    ]
    return f"concat_ws(chr(30), {', '.join(pairs)})" if pairs else "''"


def _fault(spec: TableSpec, match: ColumnMatch) -> str:
    """SQL of the first reason why a row cannot be loaded, null when there is none."""
    has_nul = f"contains({_pairs(match.raw_names, spec)}, chr(0))"
    cases = [_when(has_nul, None, "holds a NUL byte")]
    for column in spec.required:
        if column.name not in match.raw_names:
            continue
        cases.append(_when(is_missing(column.name), column.name, "required value is missing"))
        if column.type != "text":
            bad = f"not {is_castable(column.name, column.type)}"
            cases.append(_when(bad, column.name, f"required value is not a {column.type}"))
    for group in spec.one_of:
        present = [is_missing(column) for column in group if column in match.raw_names]
        none = " and ".join(present) or "true"
        cases.append(_when(none, " or ".join(group), "required value is missing"))
    return "case " + " ".join(cases) + " end"


def _when(condition: str, column: str | None, reason: str) -> str:
    """One branch that gives {column_name, reason}."""
    quoted = "null::varchar" if column is None else value(column)
    return f"when {condition} then {{'column_name': {quoted}, 'reason': {value(reason)}}}"
