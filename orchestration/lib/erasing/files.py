"""Takes erased persons out of files beside the warehouse: outbox, history of ids, copies."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from orchestration.lib.access.marks import Marks
from orchestration.lib.access.told import MANIFEST, is_about, manifest_of, outbox_files
from orchestration.lib.erasing.audiences import erase_from_audiences
from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import read_records
from orchestration.lib.lake.places import raw_folder, spark_folder
from orchestration.lib.persons.memory import history_file
from orchestration.lib.segments.memory import entries_file, without_persons
from orchestration.lib.segments.outbox import as_csv, write_whole
from orchestration.lib.settings import Settings


def erase_from_files(settings: Settings, marks: Marks) -> dict[str, int]:
    """Rewrite or remove what holds a marked person; counts per place. May be repeated."""
    counts: Counter[str] = Counter()
    for path in outbox_files(settings):
        if gone := _rewrite_told(path, marks):
            counts["outbox: rows removed"] += gone
            counts["outbox: files rewritten"] += 1
            failpoint("erase.mid_outbox")
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
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if not is_about(row, marks)]
    facts = manifest_of(path)
    if len(kept) == len(rows):
        if facts and facts["rows"] > len(rows):
            _write_manifest(path, facts, content=path.read_bytes(), rows=len(rows))
        return 0
    columns = list(rows[0])
    content = as_csv(columns, ([row[column] or "" for column in columns] for row in kept))
    write_whole(path, content)
    failpoint("erase.before_manifest")
    if facts:
        _write_manifest(path, facts, content=content, rows=len(kept))
    return len(rows) - len(kept)


def _write_manifest(path: Path, facts: dict[str, Any], *, content: bytes, rows: int) -> None:
    facts |= {"rows": rows, "sha256": hashlib.sha256(content).hexdigest()}
    manifest = path.with_name(f"{path.stem}{MANIFEST}")
    write_whole(manifest, json.dumps(facts, indent=2).encode() + b"\n")


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
