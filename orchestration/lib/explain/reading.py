"""Reads rows of the published file by the columns that are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

Row = dict[str, Any]
ROWS_TOLD = 40


@dataclass(frozen=True, kw_only=True)
class Question:
    """Rows of `table` whose `key` equals the thing's id: `columns`, most telling first, by `order`.

    A name in `order` that begins with a minus is ordered from the greatest down.
    """

    title: str
    table: str
    key: str
    columns: Sequence[str]
    order: Sequence[str] = ()
    limit: int = ROWS_TOLD


def answer(connection: duckdb.DuckDBPyConnection, question: Question, value: str) -> list[Row]:
    """The rows of a question about one thing, in a total order, without empty columns."""
    present = columns_of(connection, question.table)
    if question.key not in present:
        return []
    chosen = [name for name in question.columns if name in present]
    order = [_ordered(name) for name in question.order if name.lstrip("-") in present]
    order += [_quoted(name) for name in chosen]
    found = connection.execute(
        f"select {_listed(chosen)} from {question.table} where {_quoted(question.key)} = ? "
        f"order by {', '.join(order)} limit {question.limit}",
        [value],
    )
    return without_empty_columns(as_rows(found))


def as_rows(found: duckdb.DuckDBPyConnection) -> list[Row]:
    """All rows of a result as dictionaries."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def without_empty_columns(rows: list[Row]) -> list[Row]:
    """The same rows without the columns that say nothing in any of them."""
    told = [
        name for name in (rows[0] if rows else {}) if any(row[name] is not None for row in rows)
    ]
    return [{name: row[name] for name in told} for row in rows]


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """Names of the columns of `schema.table`; empty when it is not there."""
    schema, name = table.split(".")
    found = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?",
        [schema, name],
    )
    return {column for (column,) in found.fetchall()}


def _ordered(name: str) -> str:
    return f"{_quoted(name[1:])} desc" if name.startswith("-") else _quoted(name)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'
