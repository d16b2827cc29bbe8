"""Writes the private databases anew without the room that deleted rows left; crash-safe."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import sync_folder
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value

# Below this share of unused room a copy is not worth its time.
WORTH_IT = 0.25


@dataclass(frozen=True, kw_only=True)
class Compaction:
    """Bytes of one database before and after."""

    path: Path
    before: int
    after: int


def wasted_share(path: Path) -> float:
    """Share of a database file that holds nothing; 0 when there is no file."""
    if not path.exists():
        return 0.0
    with duckdb.connect(str(path), read_only=True) as connection:
        sizes = connection.execute(
            "select total_blocks, free_blocks from pragma_database_size()"
            " where database_name = current_database()"
        ).fetchall()
    total, free = sizes[0] if sizes else (0, 0)
    return free / total if total else 0.0


def compact(settings: Settings, *, always: bool = False) -> list[Compaction]:
    """Write anew what wastes room; the caller holds the home's lock and has no connection open.

    With `always`, however little it is: what was deleted is in no block of the file then. A new
    file takes the place of the old one in one step, once it has as many rows in every table.
    """
    databases = [path for path in (settings.warehouse, settings.marts_build) if path.exists()]
    chosen = [path for path in databases if always or wasted_share(path) > WORTH_IT]
    return [_compact(settings, path) for path in chosen]


def _compact(settings: Settings, path: Path) -> Compaction:
    before = path.stat().st_size
    new = path.with_name(f"{path.name}.compacting")
    for leftover in (new, new.with_name(f"{new.name}.wal")):
        leftover.unlink(missing_ok=True)
    _settle(path)
    limits = {"memory_limit": settings.memory_limit, "temp_directory": str(settings.temp)}
    with duckdb.connect(config=limits) as connection:
        # the catalog keeps its name: views name it
        connection.execute(f"attach {value(path)} as old (read_only)")
        connection.execute(f"attach {value(new)} as {name(path.stem)}")
        connection.execute(f"copy from database old to {name(path.stem)}")
        if _rows(connection, "old") != _rows(connection, path.stem):
            raise TouchlineError(
                "the smaller copy has not all rows", str(new), "nothing was changed; try again"
            )
        connection.execute(f"checkpoint {name(path.stem)}")
    with new.open("rb") as file:
        os.fsync(file.fileno())
    failpoint("compact.before_replace")
    new.replace(path)
    sync_folder(path.parent)
    return Compaction(path=path, before=before, after=path.stat().st_size)


def _settle(path: Path) -> None:
    """Leave no log beside the old file, that would be replayed into the new one."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("checkpoint")
    if path.with_name(f"{path.name}.wal").exists():
        raise TouchlineError("the database was not closed", str(path), "run `touchline run`")


def _rows(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    """Rows of every table of an attached database."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ?", [database]
    ).fetchall()
    return {
        f"{schema}.{table}": connection.execute(
            f"select count(*) from {name(database)}.{name(schema)}.{name(table)}"
        ).fetchall()[0][0]
        for schema, table in tables
    }
