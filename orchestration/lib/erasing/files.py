"""Takes erased persons out of files beside the warehouse: outbox, history of ids, copies."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from orchestration.lib.access.marks import Marks
from orchestration.lib.access.told import MANIFEST, is_about, manifest_of, outbox_files
from orchestration.lib.erasing.audiences import erase_from_audiences
from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import read_records
from orchestration.lib.lake.places import raw_folder, spark_folder
from orchestration.lib.persons.memory import history_file
from orchestration.lib.row_files.formats import Batch, read_layout, read_rows, write_rows
from orchestration.lib.segments.memory import entries_file, without_persons
from orchestration.lib.segments.outbox import (
    WAITING,
    put_in_place,
    sha256_of,
    waiting_file,
    write_whole,
)
from orchestration.lib.settings import Settings


def erase_from_files(settings: Settings, marks: Marks) -> dict[str, int]:
    """Rewrite or remove what holds a marked person; counts per place. May be repeated."""
    counts: Counter[str] = Counter()
    for path in outbox_files(settings):
        if gone := _rewrite_told(path, marks):
            counts["outbox: rows removed"] += gone
            counts["outbox: files rewritten"] += 1
            failpoint("erase.mid_outbox")
    if gone := _drop_unfinished(settings):
        counts["outbox: unfinished files removed"] += gone
    if gone := erase_from_audiences(settings, marks):
        counts["audiences: rows removed"] += gone
    if gone := _forget_changes(settings, marks):
        counts["history of ids: changes removed"] += gone
    if gone := _forget_entries(settings, marks):
        counts["history of segments: persons removed"] += gone
    # copies that are made again from the warehouse when they are asked for
    for what, folder in (
        ("past: folders removed", settings.home / "past"),
        ("lake: folders removed", raw_folder(settings)),
        ("lake: folders removed", spark_folder(settings)),
    ):
        if folder.is_dir() and any(folder.iterdir()):
            shutil.rmtree(folder)
            counts[what] += 1
    return dict(counts)


def _rewrite_told(path: Path, marks: Marks) -> int:
    """Write a file of the outbox again without marked persons, then its manifest; rows that went.

    A manifest that a killed call left behind is brought in line with its file.
    """
    found = gone = 0
    for batch in read_rows(path):
        found += len(batch)
        gone += sum(is_about(row, marks) for row in batch)
    facts = manifest_of(path)
    if not gone:
        if facts and facts["rows"] > found:
            _write_manifest(path, facts, rows=found)
        return 0
    with waiting_file(path) as file:
        rows = write_rows(file, read_layout(path), _without(path, marks))
    put_in_place(path)
    failpoint("erase.before_manifest")
    if facts:
        _write_manifest(path, facts, rows=rows)
    return gone


def _without(path: Path, marks: Marks) -> Iterator[Batch]:
    """The rows of a file of the outbox that are about nobody marked."""
    for batch in read_rows(path):
        yield [tuple(row.values()) for row in batch if not is_about(row, marks)]


def _write_manifest(path: Path, facts: dict[str, Any], *, rows: int) -> None:
    facts |= {"rows": rows, "sha256": sha256_of(path)}
    manifest = path.with_name(f"{path.stem}{MANIFEST}")
    write_whole(manifest, json.dumps(facts, indent=2).encode() + b"\n")


def _drop_unfinished(settings: Settings) -> int:
    """Remove what a killed export left, whomever it is about; nobody reads it. How many files."""
    unfinished = list(settings.outbox.glob(f"*/*/*{WAITING}"))
    for path in unfinished:
        path.unlink()
    return len(unfinished)


def _forget_changes(settings: Settings, marks: Marks) -> int:
    """Write the history of persons' ids again without those of marked persons; how many went."""
    path = history_file(settings)
    records = read_records(path)
    gone = 0
    for record in records:
        kept = [
            change for change in record["changes"] if not any(map(marks.has_person, change[:2]))
        ]
        gone += len(record["changes"]) - len(kept)
        record["changes"] = kept
    if gone:
        _write_records(path, [record for record in records if record["changes"]])
    return gone


def _forget_entries(settings: Settings, marks: Marks) -> int:
    """Write the history of segments again without marked persons; how many mentions went."""
    path = entries_file(settings)
    kept, gone = without_persons(read_records(path), marks.has_person)
    if gone:
        _write_records(path, kept)
    return gone


def _write_records(path: Path, records: list[dict[str, Any]]) -> None:
    lines = [json.dumps(record, sort_keys=True) for record in records]
    write_whole(path, "".join(f"{line}\n" for line in lines).encode())
