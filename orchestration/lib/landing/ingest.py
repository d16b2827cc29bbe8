"""Lands everything that waits: table by table, file by file, each in a transaction of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

import duckdb

from orchestration.lib.landing.ahead import done_ahead
from orchestration.lib.landing.discover import STILL_SECONDS, Discovery, LandedFile, discover
from orchestration.lib.landing.land_file import land_file
from orchestration.lib.landing.read_file import FileNotReadyError, read_file
from orchestration.lib.landing.reports import IngestReport, TableReport
from orchestration.lib.landing.row_limits import RowLimit
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.retention.limits import limits_in_force
from orchestration.lib.settings import Settings

LARGE_FILE = 32 << 20
# Called before each file with its name, its number from 1, and how many the table has.
Progress = Callable[[str, int, int], None]


def ingest(
    settings: Settings,
    connection: duckdb.DuckDBPyConnection,
    *,
    progress: Progress | None = None,
    still_seconds: float = STILL_SECONDS,
) -> IngestReport:
    """Create declared raw tables and land every new file; a bad file never stops the others."""
    started = time.monotonic()
    ensure_raw_tables(connection)
    limits = limits_in_force(settings)
    found = discover(settings, connection, still_seconds=still_seconds)
    report = IngestReport(waiting=found.waiting, ignored=found.ignored)
    for spec in declared_tables():
        table = _land_files(connection, settings, spec, found, limits=limits, progress=progress)
        report.waiting.extend(table.waiting)
        if table.files:
            report.tables.append(table)
    report.seconds = round(time.monotonic() - started, 3)
    return report


def land_table(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    *,
    progress: Progress | None = None,
    still_seconds: float = STILL_SECONDS,
) -> TableReport:
    """Land the new files of one raw table, which is created if need be."""
    ensure_raw_tables(connection)
    limits = limits_in_force(settings)
    found = discover(settings, connection, spec=spec, still_seconds=still_seconds)
    table = _land_files(connection, settings, spec, found, limits=limits, progress=progress)
    table.waiting.extend(found.waiting)
    table.ignored.update(found.ignored)
    return table


def _land_files(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    found: Discovery,
    *,
    limits: list[RowLimit],
    progress: Progress | None,
) -> TableReport:
    """Read the pending files of one table some at a time, and load them in order."""
    table = TableReport(system=spec.system, table=spec.table)
    files = [file for file in found.pending if (file.system, file.table) == spec.place]
    limit = next((one for one in limits if one.spec.name == spec.name), None)
    read = partial(read_file, connection, settings, spec)
    for number, (file, staged) in enumerate(done_ahead(read, files, is_large=_is_large), start=1):
        if progress:
            progress(file.source_file, number, len(files))
        try:
            with closing(staged.result().cursor):
                table.files.append(land_file(spec, staged.result(), limit=limit))
        except FileNotReadyError:
            table.waiting.append(file.source_file)
    return table


def _is_large(file: LandedFile) -> bool:
    """Whether a file keeps all threads busy by itself, and memory as well."""
    return file.bytes > LARGE_FILE
