"""What hashed audience files hold of a person: found by the hashes of their addresses and by id."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from orchestration.lib.access.marks import Marks
from orchestration.lib.access.told import PERSON_COLUMN, manifest_of, outbox_files
from orchestration.lib.destinations.audiences import memory_folder
from orchestration.lib.destinations.hashing import PLATFORMS
from orchestration.lib.settings import Settings

SHA256_DIGITS = 64


def remembered_hashes(memory: Path, marks: Marks) -> set[str]:
    """What a list remembers of marked persons in place of their address, phone and name."""
    return {
        cell
        for row in _remembered(memory, marks)
        for cell in row.values()
        if len(cell) == SHA256_DIGITS
    }


def rows_of_audiences(
    settings: Settings, marks: Marks, addresses: Sequence[str]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows about the person by file: what lists remember, and every list told before and since."""
    hashes: set[str] = set()
    for memory in memories(settings):
        if rows := _remembered(memory, marks):
            hashes |= remembered_hashes(memory, marks)
            yield memory.relative_to(settings.home).as_posix(), rows
    for path in outbox_files(settings):
        facts = manifest_of(path.with_name(f"{path.name.partition('.')[0]}.csv"))
        platform = PLATFORMS.get(facts.get("kind", ""))
        if platform is None:
            continue
        mine = hashes | {platform.cell(platform.email, address) for address in addresses}
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if not mine.isdisjoint(row.values())]
        if rows:
            told = {key: facts.get(key) for key in ("destination", "segment_id", "kind")}
            yield path.relative_to(settings.home).as_posix(), [told | row for row in rows]


def memories(settings: Settings) -> list[Path]:
    """The files that remember whom each list holds, by name."""
    return sorted(memory_folder(settings).glob("*/*/*.csv"))


def _remembered(memory: Path, marks: Marks) -> list[dict[str, Any]]:
    with memory.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if marks.has_person(row[PERSON_COLUMN])]
