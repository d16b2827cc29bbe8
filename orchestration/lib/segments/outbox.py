"""Writes one segment to the outbox: the file, then the manifest that says it is whole."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import sync_folder
from orchestration.lib.segments.members import Segment

FILE_MODE = 0o600
FOLDER_MODE = 0o700
# first characters that make a spreadsheet run a cell, full-width forms included
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, kw_only=True)
class ExportReport:
    """One segment told to one destination: its file, how many rows, and whether it was new."""

    destination: str
    segment_id: str
    path: Path
    rows: int
    sha256: str
    is_new: bool


def write_segment(segment: Segment, folder: Path, *, run_id: str, as_of: str) -> ExportReport:
    """Write `<run_id>.csv` and then `<run_id>.manifest.json` below `folder`, both mode 0600.

    A run that was already written whole is left as it is. A reader takes only files with a
    manifest, so whatever a killed run left behind is not read.
    """
    content = as_csv(segment.columns, segment.rows)
    facts = {
        "as_of": as_of,
        "columns": list(segment.columns),
        "destination": segment.destination,
        "rows": len(segment.rows),
        "run_id": run_id,
        "segment_id": segment.segment_id,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    file, manifest = folder / f"{run_id}.csv", folder / f"{run_id}.manifest.json"
    is_new = not _is_written(file, manifest, facts)
    if is_new:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        write_whole(file, content)
        failpoint("export.before_manifest")
        write_whole(manifest, json.dumps(facts, indent=2).encode() + b"\n")
    return ExportReport(
        destination=segment.destination,
        segment_id=segment.segment_id,
        path=file,
        rows=len(segment.rows),
        sha256=str(facts["sha256"]),
        is_new=is_new,
    )


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """UTF-8 CSV with every field quoted and no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def neutralised(cell: str) -> str:
    """`cell`, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a reader finds all of it or nothing, even after a crash."""
    waiting = path.with_name(f"{path.name}.tmp")
    waiting.unlink(missing_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    failpoint("export.before_rename")
    waiting.replace(path)
    sync_folder(path.parent)


def _is_written(file: Path, manifest: Path, facts: dict[str, Any]) -> bool:
    """True where an earlier call of the same run wrote the same rows whole."""
    if not (file.exists() and manifest.exists()):
        return False
    return json.loads(manifest.read_text(encoding="utf-8")) == facts and (
        hashlib.sha256(file.read_bytes()).hexdigest() == facts["sha256"]
    )
