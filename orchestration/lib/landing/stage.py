"""Puts one file into two temporary tables: its rows, and its lines that are no rows."""

from __future__ import annotations

import duckdb

from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.landing.sql_text import is_castable, is_missing, name, value
from orchestration.lib.raw_checks import TableSpec


def forget_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty both temporary tables."""
    connection.execute(
        "create or replace temp table bad_lines"
        " (source_row bigint, reason varchar, raw_text varchar)"
    )
    connection.execute("create or replace temp table incoming_rows (_source_row bigint)")


def stage_rows(
    connection: duckdb.DuckDBPyConnection, relation: str, match: ColumnMatch, spec: TableSpec
) -> None:
    """Fill `incoming_rows` from `relation` (SQL giving _source_row and the raw columns as text).

    Adds missing declared columns as null, `_content_hash` (same for the same filled values,
    whatever other columns the file has), `_key_hash` (null for a keyless row) and `_fault`
    (column_name, reason), null for a good row.
    """
    absent = [f"null::varchar as {name(column)}" for column in match.missing]
    connection.execute("set preserve_insertion_order = true")
    try:
        connection.execute(
            f"""
            create or replace temp table incoming_rows as
            select
                * exclude (_content),
                md5(_content)::uuid as _content_hash,
                md5(nullif({_pairs(spec.key)}, ''))::uuid as _key_hash,
                {_fault(spec)} as _fault
            from (
                select *, {", ".join([*absent, _pairs(match.raw_names) + " as _content"])}
                from ({relation})
            )
            """
        )
    finally:
        connection.execute("set preserve_insertion_order = false")


def staged_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows and bad lines of the staged file."""
    row = connection.execute(
        "select (select count(*) from incoming_rows) + (select count(*) from bad_lines)"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _pairs(columns: tuple[str, ...]) -> str:
    """SQL of one text that names every filled column with its value, in order of name."""
    ordered = sorted(columns, key=str.lower)
    pairs = [f"{value(column)} || chr(31) || nullif({name(column)}, '')" for column in ordered]
    return f"concat_ws(chr(30), {', '.join(pairs)})" if pairs else "''"


def _fault(spec: TableSpec) -> str:
    """SQL of the first reason why a row cannot be loaded, null when there is none."""
    cases = [_when("contains(_content, chr(0))", None, "holds a NUL byte")]
    for column in spec.required:
        cases.append(_when(is_missing(column.name), column.name, "required value is missing"))
        if column.type != "text":
            bad = f"not {is_castable(column.name, column.type)}"
            cases.append(_when(bad, column.name, f"required value is not a {column.type}"))
    for group in spec.one_of:
        none = " and ".join(is_missing(column) for column in group)
        cases.append(_when(none, " or ".join(group), "required value is missing"))
    return "case " + " ".join(cases) + " end"


def _when(condition: str, column: str | None, reason: str) -> str:
    """One branch that gives {column_name, reason}."""
    quoted = "null::varchar" if column is None else value(column)
    return f"when {condition} then {{'column_name': {quoted}, 'reason': {value(reason)}}}"
