"""Generated worlds, loaded into DuckDB once per test run: landing tables and truth as text."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from orchestration.lib.world import WorldReport, generate
from orchestration.lib.world.dirt import RENAMED
from orchestration.lib.world.schema import SHAPES

_TORN = ("torn-tools-demo", "_broken_", "2026-13-45")


@cache
def generated_world(accounts: int) -> tuple[duckdb.DuckDBPyConnection, WorldReport]:
    """A world of so many accounts: a table per landing table, and `truth_<name>` per truth file.

    Lines that are not rows are left out of the landing tables.
    """
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        report = generate(folder, accounts=accounts)
        for table in SHAPES:
            _load(connection, table, folder / "landing" / "files" / table)
        for path in sorted((folder / "truth").iterdir()):
            source = f"from {_csv(str(path))}"
            connection.execute(f"create table truth_{path.stem} as {source}")
    return connection, report


def _load(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    """One landing table from all its files."""
    names = SHAPES[table].columns
    readers = [_reader(str(path), table, names) for path in sorted(folder.iterdir())]
    rows = " union all ".join(f"select {', '.join(names)} from {reader}" for reader in readers)
    text = f"concat_ws('|', {', '.join(names)})"
    whole = " and ".join(f"not contains({text}, '{mark}')" for mark in _TORN)
    connection.execute(f"create table {table} as from ({rows}) where {text} <> '' and {whole}")


def _reader(file: str, table: str, names: tuple[str, ...]) -> str:
    """A table function that gives every column as text, and skips lines that are not rows."""
    if file.endswith(".parquet"):
        return f"(select columns(*)::varchar from read_parquet('{file}'))"
    if file.endswith(".jsonl.gz"):
        columns = "{" + ", ".join(f"'{name}': 'varchar'" for name in names) + "}"
        return f"read_json('{file}', format='nd', columns={columns}, ignore_errors=true)"
    if "-renamed." in file:
        renamed = ", ".join(f'"{new}" as {old}' for old, new in RENAMED[table].items())
        return f"(select * rename ({renamed}) from {_csv(file)})"
    return _csv(file)


def _csv(files: str) -> str:
    options = "header=true, delim=',', quote='\"', all_varchar=true, ignore_errors=true"
    return f"read_csv('{files}', {options})"
