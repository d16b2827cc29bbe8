"""Finds the batches somebody means: by number or by file, and all of the same content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.landing.load import DIGITS
from orchestration.lib.raw_checks import TableSpec, declared_table
from orchestration.lib.sql_text import value

_COLUMNS = "batch_id, system, table_name, source_file, file_hash, status, rows_in, rows_loaded"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One row of the ledger."""

    batch_id: str
    system: str
    table: str
    source_file: str
    file_hash: str
    status: str
    rows_in: int
    rows_loaded: int

    @property
    def content(self) -> tuple[str, str, str]:
        """What was in the file, whatever its name."""
        return self.system, self.table, self.file_hash

    @property
    def spec(self) -> TableSpec:
        """The declared table it was landed into; raises TouchlineError when there is none now."""
        spec = declared_table(self.system, self.table)
        if spec is None:
            raise TouchlineError(
                f"the table {self.system}/{self.table} is not declared any more",
                self.source_file,
                "declare it again in orchestration/lib/raw_checks",
            )
        return spec


def chosen_batches(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], *, statuses: Sequence[str]
) -> list[Batch]:
    """Batches in one of `statuses` that the names mean, and others of the same content, in order.

    A name is a batch (`17`, `000000000017`) or a file (`files/contacts/june.csv`, with or without
    `landing/` before it; every version of that file). Raises TouchlineError that says which name
    means nothing.
    """
    contents: set[tuple[str, str, str]] = set()
    for name in names:
        found = [one for one in _named(connection, name) if one.status in statuses]
        if not found:
            raise TouchlineError(
                f"no batch or file '{name}' that is {' or '.join(statuses)}",
                "raw_ops.load_ledger",
                "name a batch number or a file as `touchline ingest --batches` lists them",
            )
        contents |= {one.content for one in found}
    return [one for one in all_batches(connection) if one.content in contents]


def rejected_batches(connection: duckdb.DuckDBPyConnection) -> list[Batch]:
    """Batches of files that were set aside whole, in order."""
    return [one for one in all_batches(connection) if one.status == "rejected"]


def all_batches(connection: duckdb.DuckDBPyConnection) -> list[Batch]:
    """Every batch, in order."""
    return _batches(connection, "true")


def _named(connection: duckdb.DuckDBPyConnection, name: str) -> list[Batch]:
    if name.isdigit():
        return _batches(connection, f"batch_id = {value(f'{int(name):0{DIGITS}d}')}")
    return _batches(connection, f"source_file = {value(name.removeprefix('landing/'))}")


def _batches(connection: duckdb.DuckDBPyConnection, condition: str) -> list[Batch]:
    rows = connection.execute(
        f"select {_COLUMNS} from raw_ops.load_ledger where {condition} order by batch_id"
    ).fetchall()
    names = ("batch_id", "system", "table", "source_file", "file_hash", "status", "rows_in",
             "rows_loaded")  # fmt: skip
    return [Batch(**dict(zip(names, row, strict=True))) for row in rows]
