"""What the published file holds of a person: every table with a column of persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from orchestration.lib.access.finding import Person
from orchestration.lib.explain.reading import as_rows
from orchestration.lib.publishing.contract import SCHEMAS
from orchestration.lib.sql_text import name

# `person_id`, `old_person_id`, `call_person_id`; a list of persons is JSON text
PERSON_COLUMNS = "(^|_)person_ids?$"
LIST = "s"


def person_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Columns that hold persons, by table of a published file."""
    rows = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_index)"
        " from duckdb_columns() where list_contains(?, schema_name)"
        " and database_name = current_database() and regexp_matches(column_name, ?)"
        " group by all order by all",
        [list(SCHEMAS), PERSON_COLUMNS],
    ).fetchall()
    return dict(rows)


def rows_of_marts(
    connection: duckdb.DuckDBPyConnection, person: Person
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Whole rows that are about the person, by table."""
    for table, columns in person_tables(connection).items():
        found = connection.execute(
            f"select * from {table} where {about(columns)} order by all", {"ids": person.ids}
        )
        yield table, as_rows(found)


def about(columns: list[str]) -> str:
    """SQL of whether one of the columns holds one of `$ids`."""
    return " or ".join(
        f"list_has_any(from_json({name(column)}, '[\"VARCHAR\"]'), $ids)"
        if column.endswith(LIST)
        else f"list_contains($ids, {name(column)})"
        for column in columns
    )
