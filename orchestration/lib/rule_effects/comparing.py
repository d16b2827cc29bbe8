"""Two versions of the marts, row by row by key: what is new, gone, or otherwise than before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.publishing.contract import TableContract
from orchestration.lib.rule_effects.parts import COMPARED
from orchestration.lib.sql_text import name

# a new version of a rule that decides as before moves nothing
NOT_COMPARED = {"rule_version"}


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The marts before and after, as names of databases that one connection has open."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Differences:
    """The differing rows of one mart, kept in a temporary `table`.

    Its rows are (before, after, row_key): two structs of `columns`, null where there is no such
    row, and a text that identifies the row by its key.
    """

    contract: TableContract
    table: str
    columns: tuple[str, ...]
    rows_before: int
    rows_after: int

    @property
    def mart(self) -> str:
        """The mart as `<schema>.<name>`."""
        return self.contract.full_name


def find_differences(
    connection: duckdb.DuckDBPyConnection,
    contracts: Iterable[TableContract],
    *,
    sides: Sides,
    label: str,
) -> list[Differences]:
    """The differing rows of each compared mart, in temporary tables whose names begin with `label`.

    Columns, and marts, that one version does not have are left out.
    """
    return [
        _find(connection, contract, columns, sides=sides, label=label)
        for contract in contracts
        if contract.schema in COMPARED
        and contract.keys
        and set(contract.keys[0]) <= set(columns := _common_columns(connection, contract, sides))
    ]


def _find(
    connection: duckdb.DuckDBPyConnection,
    contract: TableContract,
    columns: Sequence[str],
    *,
    sides: Sides,
    label: str,
) -> Differences:
    """Keep the differing rows of one mart."""
    table = f"{label}_{contract.schema}_{contract.name}"
    key = [name(column) for column in contract.keys[0]]
    packed = ", ".join(f"{name(column)} := {name(column)}" for column in columns)
    old, new = (
        f"(select struct_pack({packed}) as row from {name(side)}.{_quoted(contract)})"
        for side in (sides.before, sides.after)
    )
    same_key = " and ".join(f"old.row.{part} is not distinct from new.row.{part}" for part in key)
    texts = ", ".join(f"coalesce(old.row.{part}, new.row.{part})::varchar" for part in key)
    connection.execute(
        f"create or replace temp table {name(table)} as select old.row as before, "
        f"new.row as after, to_json([{texts}])::varchar as row_key "
        f"from {old} as old full join {new} as new on {same_key} "
        "where old.row is distinct from new.row"
    )
    before, after = (
        connection.execute(f"select count(*) from {name(side)}.{_quoted(contract)}").fetchone()[0]
        for side in (sides.before, sides.after)
    )
    return Differences(
        contract=contract,
        table=table,
        columns=tuple(columns),
        rows_before=before,
        rows_after=after,
    )


def _common_columns(
    connection: duckdb.DuckDBPyConnection, contract: TableContract, sides: Sides
) -> list[str]:
    """Columns to compare: those of a mart that both versions have, in the contract's order."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name in (?, ?) "
        "and schema_name = ? and table_name = ? group by 1 having count(*) = 2",
        [sides.before, sides.after, contract.schema, contract.name],
    ).fetchall()
    both = {column for (column,) in found} - NOT_COMPARED
    return [column for column in contract.columns if column in both]


def _quoted(contract: TableContract) -> str:
    return f"{name(contract.schema)}.{name(contract.name)}"
