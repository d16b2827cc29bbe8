"""Raw rows that name a person, as they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from orchestration.lib.access.marks import Marks
from orchestration.lib.access.personal import PersonalTable, attached_tables, personal_table
from orchestration.lib.access.raw_rows import FOUND, find_marked, text_columns
from orchestration.lib.explain.reading import as_rows
from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import declared_tables
from orchestration.lib.sql_text import name


def raw_tables_there(connection: duckdb.DuckDBPyConnection) -> Iterator[PersonalTable]:
    """Declared tables with rows, whether they are meant to name persons or not."""
    rows = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = current_database()"
    ).fetchall()
    for spec in declared_tables():
        there = (spec.schema, spec.table) in rows
        if there and connection.execute(f"select 1 from {raw_table(spec)} limit 1").fetchall():
            yield personal_table(spec)


def rows_of_raw(
    connection: duckdb.DuckDBPyConnection, marks: Marks
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Filled columns of every raw row that names the person, by table; needs `bring_marks`."""
    for table in raw_tables_there(connection):
        relation = raw_table(table.spec)
        columns = text_columns(connection, table.spec.schema, table.spec.table)
        if not find_marked(connection, relation, table, columns, marks.providers):
            continue
        listed = ", ".join(name(column) for column in columns)
        found = connection.execute(
            f"select {listed}, _source_file, _source_row, _loaded_at from {relation}"
            f" where rowid in (select place from {FOUND}) order by _source_file, _source_row"
        )
        yield table.spec.name, [_filled(row) for row in as_rows(found)]


def rows_attached(
    connection: duckdb.DuckDBPyConnection, found: Mapping[str, list[dict[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """Rows that name nobody and belong to rows `found` of the person, such as lines of orders."""
    attached: dict[str, list[dict[str, Any]]] = {}
    for table in attached_tables():
        owners = [*found.get(table.owner.name, ()), *attached.get(table.owner.name, ())]
        keys = sorted({row[table.column] for row in owners if row.get(table.column)})
        columns = text_columns(connection, table.spec.schema, table.spec.table)
        if keys and columns:
            listed = ", ".join(name(column) for column in columns)
            rows = connection.execute(
                f"select {listed}, _source_file, _source_row, _loaded_at"
                f" from {raw_table(table.spec)} where list_contains(?, {name(table.column)})"
                " order by _source_file, _source_row",
                [keys],
            )
            attached[table.spec.name] = [_filled(row) for row in as_rows(rows)]
    return attached


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {column: text for column, text in row.items() if text is not None}
