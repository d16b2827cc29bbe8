"""Puts one file into temporary tables: its rows with facts on each, and lines that are no rows."""

from __future__ import annotations

import duckdb

from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import is_castable, is_missing, same_value, value, version_at

ROW_FACTS = (
    "_record_no bigint, _key_hash uuid, _content_hash uuid,"
    " _version_at timestamptz, _fault struct(column_name varchar, reason varchar)"
)
BAD_LINES = "source_row bigint, reason varchar, raw_text varchar"
_BY_READERS = ("file_lines", "csv_lines", "csv_joined", "csv_records", "json_lines")


def forget_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty the temporary tables."""
    dropped = "".join(f"drop table if exists temp.{table};" for table in _BY_READERS)
    connection.execute(
        f"create or replace temp table incoming_rows ({ROW_FACTS});"
        f"create or replace temp table bad_lines ({BAD_LINES}); {dropped}"
    )
    _number_rows(connection, "_record_no")


def stage_rows(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    match: ColumnMatch,
    spec: TableSpec,
    *,
    source_row: str = "_record_no",
) -> None:
    """Fill `staged_rows` from `relation` (SQL of the raw columns as text), in one pass.

    Beside the raw columns stand _row_no (the order of the file, from 0), _source_row (its number in
    the file, by the SQL `source_row`), `_content_hash` (same for the same filled values, times and
    numbers however written, whatever other columns the file has), `_key_hash` (null for a keyless
    row), the time that orders versions of a key, and the fault (column_name, reason) or null.
    """
    key = tuple(column for column in spec.key if column in match.raw_names)
    connection.execute(
        f"""
        create or replace temp table incoming_rows as
        with file_rows as ({relation}),
        told as (select *, {_pairs(match.raw_names, spec)} as _told from file_rows)
        select
            * exclude (_told),
            md5(nullif({_pairs(key)}, ''))::uuid as _key_hash,
            md5(_told)::uuid as _content_hash,
            {version_at(match.raw_names)} as _version_at,
            {_fault(spec, match)} as _fault
        from told
        """
    )
    _number_rows(connection, source_row)


def staged_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows and bad lines of the staged file."""
    row = connection.execute(
        "select (select count(*) from incoming_rows) + (select count(*) from bad_lines)"
    ).fetchone()
    assert row is not None
    return int(row[0])


def content_hash(columns: tuple[str, ...], spec: TableSpec) -> str:
    """SQL of the `_content_hash` of a row with these raw columns."""
    return f"md5({_pairs(columns, spec)})::uuid"


def _number_rows(connection: duckdb.DuckDBPyConnection, source_row: str) -> None:
    """The view `staged_rows` of the staged file, made anew as its columns are those of the file."""
    connection.execute(
        "create or replace temp view staged_rows as"
        f" select *, rowid as _row_no, {source_row} as _source_row from incoming_rows"
    )


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
    cases = [_when("contains(_told, chr(0))", None, "holds a NUL byte")]
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
