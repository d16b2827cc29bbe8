"""Writes one segment to the outbox: the file, then the manifest that says it is whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import sync_folder
from orchestration.lib.row_files.flavours import in_flavour, layout_of
from orchestration.lib.row_files.formats import FORMATS, write_rows
from orchestration.lib.segments.members import Segment

FILE_MODE = 0o600
FOLDER_MODE = 0o700
# ending of a file that is not whole yet
WAITING = ".tmp"


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
    """Write `<run_id>` in the segment's format, then `<run_id>.manifest.json`, both mode 0600.

    Rows pass through memory batch by batch. A run that was already written whole is left as it is.
    A reader takes only files with a manifest, so whatever a killed run left behind is not read.
    """
    layout = layout_of(
        segment.columns, segment.moments, file_format=segment.file_format, flavour=segment.flavour
    )
    file, manifest = folder / f"{run_id}.{layout.file_format}", folder / f"{run_id}.manifest.json"
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with waiting_file(file) as waiting:
        rows = write_rows(waiting, layout, in_flavour(segment.batches(), segment.flavour))
    facts = {
        "as_of": as_of,
        "columns": list(layout.columns),
        "destination": segment.destination,
        "file": file.name,
        "flavour": segment.flavour,
        "rows": rows,
        "run_id": run_id,
        "segment_id": segment.segment_id,
        "sha256": sha256_of(_waiting(file)),
    }
    is_new = not _is_written(file, manifest, facts)
    if is_new:
        put_in_place(file)
        failpoint("export.before_manifest")
        write_whole(manifest, json.dumps(facts, indent=2).encode() + b"\n")
    else:
        _waiting(file).unlink()
    for other in FORMATS:
        # the same run in a format the destination had before
        if other != layout.file_format:
            file.with_suffix(f".{other}").unlink(missing_ok=True)
            _waiting(file.with_suffix(f".{other}")).unlink(missing_ok=True)
    return ExportReport(
        destination=segment.destination,
        segment_id=segment.segment_id,
        path=file,
        rows=rows,
        sha256=str(facts["sha256"]),
        is_new=is_new,
    )


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a reader finds all of it or nothing, even after a crash."""
    with waiting_file(path) as file:
        file.write(content)
    put_in_place(path)


@contextmanager
def waiting_file(path: Path) -> Iterator[BinaryIO]:
    """A new file beside `path`, mode 0600, safe on disk after the block and gone if that fails."""
    waiting = _waiting(path)
    waiting.unlink(missing_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise


def put_in_place(path: Path) -> None:
    """Make the file that waits beside `path` the one a reader finds there."""
    failpoint("export.before_rename")
    _waiting(path).replace(path)
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """The digest of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _waiting(path: Path) -> Path:
    return path.with_name(f"{path.name}{WAITING}")


def _is_written(file: Path, manifest: Path, facts: dict[str, Any]) -> bool:
    """True where an earlier call of the same run wrote the same rows whole."""
    if not (file.exists() and manifest.exists()):
        return False
    return json.loads(manifest.read_text(encoding="utf-8")) == facts and (
        sha256_of(file) == facts["sha256"]
    )
