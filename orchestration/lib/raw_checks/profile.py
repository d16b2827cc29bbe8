"""Measures a staged batch with DuckDB: one wide row of figures, and a bounded sample of rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import duckdb

from orchestration.lib.raw_checks.specs import Column, TableSpec
from orchestration.lib.sql_text import is_castable, is_missing, name

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 10_000
PROFILED_ROWS = 1_000_000
_FILLED = "count(*) filter (not {missing})"
_CASTABLE = "count(*) filter (not {missing} and {castable})"
# Shares of no rows are null, and pass. A clock two days ahead is no future.
MEASURES = {
    "filled_count": _FILLED,
    "null_share": "count(*) filter ({missing}) / greatest(count(*), 1)",
    "castable_share": f"{_CASTABLE} / nullif({_FILLED}, 0)",
    "future_share": (
        "count(*) filter ({castable} and try_cast({column} as timestamptz)"
        f" > now() + interval 2 day) / nullif({_CASTABLE}, 0)"
    ),
    "distinct_count": "approx_count_distinct({column})",
    "distinct_share": f"approx_count_distinct({{column}}) / nullif({_FILLED}, 0)",
    "min_value": "min({column})",
    "max_value": "max({column})",
    "top_value": "approx_top_k({column}, 1)[1]",
}
_TYPED = {
    "number": "try_cast({0} as double)",
    "integer": "try_cast({0} as double)",
    "boolean": "try_cast({0} as boolean)",
    "timestamp": "try_cast({0} as timestamptz)::timestamp",
    "date": "try_cast({0} as timestamptz)::timestamp",
}


def present_columns(connection: duckdb.DuckDBPyConnection, spec: TableSpec) -> set[str]:
    """Declared columns that the staged file has."""
    found = {row[0].lower() for row in connection.execute("describe staged_rows").fetchall()}
    return {column for column in spec.column_names if column.lower() in found}


def measure_batch(
    connection: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    figures: Collection[tuple[str, str]],
    present: Collection[str],
) -> pd.DataFrame:
    """One row: `unusable_share`, `key_unique_share` and a column for each (column, measure).

    The first two cover all rows of the batch; unusable are lines that are no rows, and rows without
    a usable required value. The figures cover at most PROFILED_ROWS, evenly spread; a column the
    file lacks counts as null.
    """
    kinds = {column.name: column.type for column in spec.columns}
    measured = [
        f"{_figure(column, kinds[column], MEASURES[measure], present)}"
        f" as {name(f'{column}.{measure}')},"
        for column, measure in sorted(figures)
    ]
    lines = "(select count(*) from bad_lines)"
    return connection.execute(
        f"""
        select
            {"".join(measured)}
            (select (count(_fault) + {lines}) / greatest(count(*) + {lines}, 1) from staged_rows)
                as unusable_share,
            (select approx_count_distinct(_key_hash) / nullif(count(_key_hash), 0) from staged_rows)
                as key_unique_share
        from staged_rows
        where {_every_nth(PROFILED_ROWS)}
        """
    ).df()


def sample_batch(
    connection: duckdb.DuckDBPyConnection, columns: Collection[Column], present: Collection[str]
) -> pd.DataFrame:
    """At most SAMPLE_ROWS rows of the given columns, evenly spread over the file, typed.

    A column of words is lower case and trimmed; what cannot be cast is null, as in staging.
    """
    typed = [f"{_typed(column, present)} as {name(column.name)}" for column in columns]
    return connection.execute(
        f"select {', '.join(typed)} from staged_rows where {_every_nth(SAMPLE_ROWS)}"
    ).df()


def _every_nth(most: int) -> str:
    """SQL that keeps at most `most` of the staged rows."""
    return f"_row_no % (select 1 + (count(*) - 1) // {most} from incoming_rows) = 0"


def _typed(column: Column, present: Collection[str]) -> str:
    """SQL of a column of the sample."""
    if column.name not in present:
        return "null"
    if column.words:
        return f"nullif(lower(trim({name(column.name)})), '')"
    cast = _TYPED.get(column.type, "nullif({0}, '')").format(name(column.name))
    return f"if({is_castable(column.name, column.type)}, {cast}, null)"


def _figure(column: str, kind: str, formula: str, present: Collection[str]) -> str:
    """SQL of one measure of one column."""
    is_there = column in present
    return formula.format(
        column=name(column) if is_there else "null::varchar",
        missing=f"({is_missing(column)})" if is_there else "true",
        castable=is_castable(column, kind) if is_there else "false",
    )
