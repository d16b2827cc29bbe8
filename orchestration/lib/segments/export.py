"""Exports the active segments of the published file to the outboxes of their destinations."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from orchestration.lib.export_log import record_export
from orchestration.lib.segments.members import ExportError, Segment, read_segment, segments_of
from orchestration.lib.segments.outbox import ExportReport, write_segment
from orchestration.lib.settings import Settings

FOLDER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def export_segments(
    settings: Settings, published: Path, run_id: str, *, destination: str | None = None
) -> list[ExportReport]:
    """Write one file per segment of `published`, which is opened read-only; reports in order.

    Without a `destination`, those of all. Every segment is read and checked before the first is
    written: raises ExportError, and nothing leaves, when any member may not be contacted, has no
    key, or comes twice. An empty segment is told as an empty file. The same run again changes
    no file.
    """
    segments, as_of = _read(published, destination)
    _require_not_erased(segments, settings)
    return [_export(settings, segment, run_id=run_id, as_of=as_of) for segment in segments]


def _export(settings: Settings, segment: Segment, *, run_id: str, as_of: str) -> ExportReport:
    """Write a segment's file, and before it the line of the access log."""
    folder = settings.outbox / segment.destination / segment.segment_id
    where = {"destination": segment.destination, "segment_id": segment.segment_id}
    record_export(settings, kind="segment_file", rows=len(segment.rows), run_id=run_id, **where)
    return write_segment(segment, folder, run_id=run_id, as_of=as_of)


def _read(published: Path, only: str | None) -> tuple[list[Segment], str]:
    """The segments of a published file, checked, and the moment it speaks of."""
    with duckdb.connect(str(published), read_only=True) as connection:
        segments = [
            read_segment(connection, destination, segment_id, published=published)
            for destination, segment_id in segments_of(connection)
            if only in (None, destination)
        ]
        moment = connection.execute("select as_of from observability.publication").fetchone()
    for segment in segments:
        _require_folder_names(segment)
    return segments, f"{moment[0].isoformat()}Z" if moment else ""


def _require_not_erased(segments: list[Segment], settings: Settings) -> None:
    """Raise ExportError where a member was erased since the file was published."""
    from orchestration.lib.erasing.tombstones import tombstones

    marks = tombstones(settings)
    for segment in segments if marks else []:
        if any(marks.has_person(row[0]) or marks.has_address(row[1]) for row in segment.rows):
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
