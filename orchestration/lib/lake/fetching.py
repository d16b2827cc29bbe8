"""Brings the marts that Spark built back into the file that the publisher publishes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from orchestration.lib.lake.places import spark_folder
from orchestration.lib.publishing.contract import TableContract, contracts_of
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value


def fetch_marts(settings: Settings, *, manifest: Mapping[str, Any], built: Collection[str]) -> None:
    """Replace the `built` ones of the home's public tables by Spark's, in their declared types."""
    with duckdb.connect(str(settings.marts_build)) as connection:
        connection.execute("set timezone = 'UTC'")
        for contract in contracts_of(manifest):
            if contract.name in built:
                _fetch(connection, settings, contract)


def _fetch(
    connection: duckdb.DuckDBPyConnection, settings: Settings, contract: TableContract
) -> None:
    """One table; Spark's moments carry their zone, ours are UTC without saying so."""
    columns = [
        f"cast({name(column)} as {kind}) as {name(column)}"
        for column, kind in contract.columns.items()
    ]
    files = spark_folder(settings) / f"{contract.schema}.db" / contract.name / "*.parquet"
    connection.execute(f"create schema if not exists {name(contract.schema)}")
    connection.execute(
        f"create or replace table {name(contract.schema)}.{name(contract.name)} as "
        f"select {', '.join(columns)} from read_parquet({value(files)})"
    )
