"""Looks at a copy before it is published, alone and read-only, as a reader would open it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration.lib.publishing.contract import TableContract
from orchestration.lib.publishing.masking import MASKED_SCHEMA

# a mart of at least so many rows that keeps less than this share of them is taken for an accident
SHRINK_FROM_ROWS = 100
SHRINK_SHARE = 0.5
SHRINK_SCHEMA = "marts"


def audit(
    path: Path,
    contracts: Sequence[TableContract],
    *,
    previous_rows: Mapping[str, int],
) -> tuple[list[str], dict[str, int]]:
    """Findings that forbid a publication (none: all is well), and rows per table of the copy.

    Checked: every contract table with its columns and types, keys unique, masked tables free of
    personal columns, no mart collapsed against `previous_rows`.
    """
    connection = duckdb.connect(str(path), read_only=True)
    try:
        findings = wrong_columns(connection, contracts)
        if findings:
            return findings, {}
        rows = {
            contract.full_name: _count(connection, f"from {_quoted(contract)}")
            for contract in contracts
        }
        for contract in contracts:
            findings += _wrong_keys(connection, contract)
        findings += _wrong_masks(connection, contracts)
        return findings + _collapsed(rows, previous_rows), rows
    finally:
        connection.close()


def wrong_columns(
    connection: duckdb.DuckDBPyConnection, contracts: Sequence[TableContract]
) -> list[str]:
    """Tables, columns and types that the open file lacks or has otherwise than declared."""
    return [finding for contract in contracts for finding in _wrong_columns(connection, contract)]


def _wrong_columns(connection: duckdb.DuckDBPyConnection, contract: TableContract) -> list[str]:
    """What differs between the declared columns of a table and the ones it has."""
    found = dict(
        connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where schema_name = ? and table_name = ? and database_name = current_database()",
            [contract.schema, contract.name],
        ).fetchall()
    )
    if not found:
        return [f"{contract.full_name} is missing"]
    wrong = []
    for name, declared in contract.columns.items():
        wanted = connection.execute(f"select typeof(cast(null as {declared}))").fetchall()[0][0]
        if name not in found:
            wrong.append(f"{contract.full_name} has no column {name}")
        elif found[name] != wanted:
            wrong.append(f"{contract.full_name}.{name} is {found[name]}, declared {wanted}")
    return wrong


def _wrong_keys(connection: duckdb.DuckDBPyConnection, contract: TableContract) -> list[str]:
    """Keys of a table that are not unique."""
    wrong = []
    for key in contract.keys:
        columns = ", ".join(f'"{name}"' for name in key)
        present = " and ".join(f'"{name}" is not null' for name in key)
        repeated = _count(
            connection,
            f"from (select 1 from {_quoted(contract)} where {present} "
            f"group by {columns} having count(*) > 1)",
        )
        if repeated:
            wrong.append(f"{contract.full_name} repeats {repeated} keys ({', '.join(key)})")
    return wrong


def _wrong_masks(
    connection: duckdb.DuckDBPyConnection, contracts: Sequence[TableContract]
) -> list[str]:
    """Personal columns that a masked table shows."""
    shown = connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = ? order by all",
        [MASKED_SCHEMA],
    ).fetchall()
    personal = {(contract.name, column) for contract in contracts for column in contract.personal}
    return [
        f"{MASKED_SCHEMA}.{table} shows {column}"
        for table, column in shown
        if (table, column) in personal
    ]


def _collapsed(rows: Mapping[str, int], previous: Mapping[str, int]) -> list[str]:
    """Marts that lost most of their rows since the last publication."""
    return [
        f"{name} has {rows[name]} rows, {before} before"
        for name, before in sorted(previous.items())
        if name.startswith(f"{SHRINK_SCHEMA}.")
        and name in rows
        and before >= SHRINK_FROM_ROWS
        and rows[name] < before * SHRINK_SHARE
    ]


def _count(connection: duckdb.DuckDBPyConnection, from_clause: str) -> int:
    return connection.execute(f"select count(*) {from_clause}").fetchall()[0][0]


def _quoted(contract: TableContract) -> str:
    return f'"{contract.schema}"."{contract.name}"'
