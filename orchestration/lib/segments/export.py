"""Exports the active segments of the published file to the outboxes of their destinations."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import duckdb

from orchestration.lib.destinations.contract import DestinationRow
from orchestration.lib.destinations.rows import read_destinations, row_of
from orchestration.lib.erasing.tombstones import tombstones
from orchestration.lib.export_log import record_export
from orchestration.lib.segments.members import ExportError, Segment, read_segment, segments_of
from orchestration.lib.segments.outbox import ExportReport, write_segment
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

FOLDER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
# of the database; the batch that is being written comes on top
MEMORY_LIMIT = "1GB"


def export_segments(
    settings: Settings, published: Path, run_id: str, *, destination: str | None = None
) -> list[ExportReport]:
    """Write one file per segment of `published`, which is opened read-only; reports in order.

    Without a `destination`, those of all. Every segment is read and checked before the first is
    written: raises ExportError, and nothing leaves, when any member may not be contacted, has no
    key, or comes twice. An empty segment is told as an empty file. The same run again changes
    no file.
    """
    rows = read_destinations(settings)
    with duckdb.connect(str(published), read_only=True) as connection:
        _limit_memory(connection, settings)
        segments = [
            _read(connection, row_of(rows, name), segment_id, published=published)
            for name, segment_id in segments_of(connection)
            if destination in (None, name)
        ]
        _require_not_erased(segments, settings)
        as_of = _moment_of(connection)
        return [_export(settings, segment, run_id=run_id, as_of=as_of) for segment in segments]


def _export(settings: Settings, segment: Segment, *, run_id: str, as_of: str) -> ExportReport:
    """Write a segment's file, and before it the line of the access log."""
    folder = settings.outbox / segment.destination / segment.segment_id
    where = {"destination": segment.destination, "segment_id": segment.segment_id}
    record_export(settings, kind="segment_file", rows=segment.size, run_id=run_id, **where)
    return write_segment(segment, folder, run_id=run_id, as_of=as_of)


def _limit_memory(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """What does not fit is spilled, so that a segment may be larger than memory."""
    settings.temp.mkdir(parents=True, exist_ok=True)
    connection.execute(f"set memory_limit = {value(MEMORY_LIMIT)}")
    connection.execute(f"set temp_directory = {value(str(settings.temp))}")
    connection.execute(f"set threads = {settings.threads}")
    # a sort that must keep the order rows came in does not spill
    connection.execute("set preserve_insertion_order = false")


def _read(
    connection: duckdb.DuckDBPyConnection, row: DestinationRow, segment_id: str, *, published: Path
) -> Segment:
    """One segment of a published file, checked, as its destination wants it."""
    segment = read_segment(
        connection,
        row.destination,
        segment_id,
        published=published,
        file_format=row.file_format,
        flavour=row.file_flavour,
    )
    _require_folder_names(segment)
    return segment


def _moment_of(connection: duckdb.DuckDBPyConnection) -> str:
    """The moment a published file speaks of."""
    moment = connection.execute("select as_of from observability.publication").fetchone()
    return f"{moment[0].isoformat()}Z" if moment else ""


def _require_not_erased(segments: list[Segment], settings: Settings) -> None:
    """Raise ExportError where a member was erased since the file was published."""
    marks = tombstones(settings)
    for segment in segments if marks else []:
        rows = chain.from_iterable(segment.batches())
        if any(marks.has_person(row[0]) or marks.has_address(row[1]) for row in rows):
            raise ExportError(
                "a member was erased",
                f"segment {segment.segment_id} of the published file",
                "nothing was written; `touchline run` finishes the erasure and publishes anew",
            )


def _require_folder_names(segment: Segment) -> None:
    """Raise ExportError where a name from a rule row would lead out of the outbox."""
    for name in (segment.destination, segment.segment_id):
        if not FOLDER_NAME.fullmatch(name):
            raise ExportError(
                f"'{name}' cannot be the name of a folder",
                f"rule table segment_definitions, segment {segment.segment_id}",
                "use letters, digits, dots, dashes and underscores",
            )
