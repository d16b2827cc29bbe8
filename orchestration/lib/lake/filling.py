"""Writes what Spark reads: raw tables as DuckDB landed them, rule rows as they hold in the home."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.lib.home import open_warehouse
from orchestration.lib.lake.places import raw_folder, seed_folder, spark_folder
from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.rules.tables import RuleTable
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value

# DuckDB's own 128-bit numbers, for finding repeated rows: Spark has no such type, no model reads it
LEFT_OUT = "UUID"


def fill_lake(settings: Settings, *, manifest: Mapping[str, Any]) -> None:
    """Write every source of the dbt `manifest` and every rule table; what was there is replaced.

    The folder of Spark's own tables is emptied: Spark refuses to write where files lie.
    """
    for folder in (raw_folder(settings), seed_folder(settings), spark_folder(settings)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with open_warehouse(settings) as connection:
        for source in manifest["sources"].values():
            table = (source["schema"], source["identifier"])
            _write_raw(connection, table, folder=raw_folder(settings))
        for rules in rule_tables().values():
            _write_rules(connection, settings, rules)


def _write_raw(
    connection: duckdb.DuckDBPyConnection, table: tuple[str, str], *, folder: Path
) -> None:
    """One raw table as `<schema>/<table>.parquet`."""
    schema, identifier = table
    columns = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ? "
        "and data_type <> ? and database_name = current_database() order by column_index",
        [schema, identifier, LEFT_OUT],
    ).fetchall()
    kept = ", ".join(name(column) for (column,) in columns)
    path = folder / schema / f"{identifier}.parquet"
    path.parent.mkdir(exist_ok=True)
    _copy(connection, f"select {kept} from {name(schema)}.{name(identifier)}", path)


def _write_rules(
    connection: duckdb.DuckDBPyConnection, settings: Settings, table: RuleTable
) -> None:
    """One rule table, typed as its seed declares; an empty cell is null."""
    rows = [row.values for row in effective_rows(settings, table)]
    texts = {
        column: pa.array([row.get(column) for row in rows], pa.string()) for column in table.types
    }
    typed = [
        f"cast({name(column)} as {kind}) as {name(column)}" for column, kind in table.types.items()
    ]
    connection.register("rule_texts", pa.table(texts))
    path = seed_folder(settings) / f"{table.name}.parquet"
    _copy(connection, f"select {', '.join(typed)} from rule_texts", path)
    connection.unregister("rule_texts")


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(f"copy ({query}) to {value(path)} (format parquet)")
