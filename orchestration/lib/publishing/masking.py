"""The schema `marts_masked`: every mart again, without the columns that can identify a person."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from orchestration.lib.publishing.contract import TableContract

MASKED_SCHEMA = "marts_masked"
MASKED_FROM = "marts"


def add_masked_tables(
    connection: duckdb.DuckDBPyConnection, contracts: Iterable[TableContract]
) -> None:
    """Add a masked copy of each mart to the open file; undeclared columns stay out.

    Tables and not views: a view that says `marts.<table>` fails with "ambiguous reference" as soon
    as somebody opens the file under the name `marts` (docs/decisions/0007-publish.md).
    """
    connection.execute(f"create schema if not exists {MASKED_SCHEMA}")
    for contract in contracts:
        if contract.schema != MASKED_FROM:
            continue
        kept = [f'"{name}"' for name in contract.columns if name not in contract.personal]
        connection.execute(
            f'create or replace table {MASKED_SCHEMA}."{contract.name}" as '
            f'select {", ".join(kept)} from {MASKED_FROM}."{contract.name}"'
        )
