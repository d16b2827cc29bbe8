"""What was told of a person to others: files in outboxes, and what the sync ledger has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.access.marks import PERSON, Marks, bring_marks, form, marked_sql
from orchestration.lib.access.raw_rows import holds_address
from orchestration.lib.explain.reading import as_rows, columns_of
from orchestration.lib.row_files.flavours import heading
from orchestration.lib.row_files.formats import FORMATS, FORMULA_STARTS, read_rows
from orchestration.lib.segments.memory import ENTRIES
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value

MANIFEST = ".manifest.json"
ADDRESS_COLUMN, PERSON_COLUMN = "email", "person_id"


def outbox_files(settings: Settings) -> list[Path]:
    """Every file of rows in the outbox, by name."""
    found = (settings.outbox.glob(f"*/*/*.{one}") for one in FORMATS)
    return sorted(path for path in chain.from_iterable(found) if path.is_file())


def ledger_file(settings: Settings) -> Path:
    """The ledger of the sync engine; a home that syncs nothing has none."""
    return settings.state / "syncs.duckdb"


def rows_of_outbox(settings: Settings, marks: Marks) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows told of the person, by file, each with the run that told it and as of when."""
    for path in outbox_files(settings):
        rows = [row for batch in read_rows(path) for row in batch if is_about(row, marks)]
        if rows:
            facts = manifest_of(path)
            told = {key: facts.get(key) for key in ("destination", "segment_id", "as_of")}
            yield path.relative_to(settings.home).as_posix(), [told | row for row in rows]


def is_about(row: dict[str, Any], marks: Marks) -> bool:
    """Whether a row of an outbox is about a marked person, or names a marked address."""
    person = row.get(PERSON_COLUMN) or row.get(heading(PERSON_COLUMN))
    if marks.has_person(_plain(person or "")):
        return True
    cells = (str(cell or "") for cell in row.values())
    return any("@" in cell and marks.has_address(_plain(cell)) for cell in cells)


def manifest_of(path: Path) -> dict[str, Any]:
    """The manifest of a file of the outbox; empty when it has none that can be read."""
    try:
        return json.loads(path.with_name(f"{path.stem}{MANIFEST}").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def rows_of_syncs(settings: Settings, marks: Marks) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of the ledger about the person, by table."""
    path = ledger_file(settings)
    if not path.exists():
        return
    with duckdb.connect(str(path), read_only=True) as connection:
        bring_marks(connection, marks)
        for table, columns in ledger_tables(connection).items():
            about = about_marked(table, columns, marks)
            yield table, as_rows(connection.execute(f"select * from {table} where {about}"))


def rows_of_history(
    warehouse: duckdb.DuckDBPyConnection, marks: Marks
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Segments that the person was in or held out of; needs `bring_marks`."""
    if columns_of(warehouse, ENTRIES):
        about = about_marked(ENTRIES, [PERSON_COLUMN], marks)
        yield ENTRIES, as_rows(warehouse.execute(f"select * from {ENTRIES} where {about}"))


def ledger_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Columns of every table of the ledger that has persons or addresses."""
    rows = connection.execute(
        "select schema_name, table_name, list(column_name order by column_index)"
        " from duckdb_columns() where database_name = current_database() and not internal"
        " group by all having list_has_any(list(column_name), $1) order by all",
        [[PERSON_COLUMN, ADDRESS_COLUMN]],
    ).fetchall()
    return {f"{name(schema)}.{name(table)}": columns for schema, table, columns in rows}


def about_marked(table: str, columns: list[str], marks: Marks) -> str:
    """SQL of whether a row of a ledger is about a marked person; needs `bring_marks`."""
    prefix = value(form(PERSON, "", ""))
    conditions = [
        f"coalesce({marked_sql(f'{prefix} || {name(column)}')}, false)"
        for column in columns
        if column == PERSON_COLUMN
    ]
    conditions += [
        holds_address(table, column, marks.providers)
        for column in columns
        if column == ADDRESS_COLUMN
    ]
    return " or ".join(conditions)


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith(tuple(f"'{start}" for start in FORMULA_STARTS)) else cell
