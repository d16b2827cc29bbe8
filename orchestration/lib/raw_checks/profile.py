"""Measures a staged batch with DuckDB: one wide row of figures, and a bounded sample of rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import duckdb

from orchestration.lib.raw_checks.specs import TableSpec
from orchestration.lib.sql_text import is_castable, is_missing, name

if TYPE_CHECKING:
    import pandas as pd

SAMPLE_ROWS = 10_000
MEASURES = {
    "filled_count": "count(*) filter (not {missing})",
    "null_share": "count(*) filter ({missing}) / greatest(count(*), 1)",
    "castable_share": (
        "count(*) filter (not {missing} and {castable})"
        " / greatest(count(*) filter (not {missing}), 1)"
    ),
    "distinct_count": "approx_count_distinct({column})",
    "min_value": "min({column})",
    "max_value": "max({column})",
    "top_value": "approx_top_k({column}, 1)[1]",
}


def measure_batch(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, columns: Collection[str]
) -> pd.DataFrame:
    """One row: `rows`, `unusable_share`, and `<column>.<measure>` for each given column.

    Covers all rows of the staged batch, good or bad; a column the file lacks counts as null.
    Unusable are lines that are no rows, and rows without a usable required value.
    """
    present = _present(connection)
    kinds = {column.name: column.type for column in spec.columns}
    figures = [
        f"{_figure(column, kinds[column], formula, present)} as {name(f'{column}.{measure}')}"
        for column in sorted(columns)
        for measure, formula in MEASURES.items()
    ]
    lines = "(select count(*) from bad_lines)"
    faults = "(select count(_fault) from row_facts)"
    return connection.execute(
        f"""
        select
            {"".join(f"{one}, " for one in figures)}
            count(*) + {lines} as "rows",
            ({lines} + {faults}) / greatest(count(*) + {lines}, 1) as unusable_share
        from incoming_rows
        """
    ).df()


def sample_batch(connection: duckdb.DuckDBPyConnection, columns: Collection[str]) -> pd.DataFrame:
    """At most SAMPLE_ROWS rows, evenly spread over the file, of the given columns."""
    present = _present(connection)
    texts = [
        f"{name(column) if column.lower() in present else 'null::varchar'} as {name(column)}"
        for column in sorted(columns)
    ]
    return connection.execute(
        f"""
        select {", ".join(texts)}
        from incoming_rows
        where rowid % (select 1 + count(*) // {SAMPLE_ROWS} from incoming_rows) = 0
        """
    ).df()


def _figure(column: str, kind: str, formula: str, present: Collection[str]) -> str:
    """SQL of one measure of one column."""
    is_there = column.lower() in present
    return formula.format(
        column=name(column) if is_there else "null::varchar",
        missing=f"({is_missing(column)})" if is_there else "true",
        castable=is_castable(column, kind) if is_there else "false",
    )


def _present(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Lower-case names of the staged columns."""
    rows = connection.execute("describe incoming_rows").fetchall()
    return {row[0].lower() for row in rows}
