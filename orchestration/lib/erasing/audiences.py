"""Takes erased persons out of hashed audience files that were written earlier."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

from orchestration.lib.access.audiences import memories, remembered_hashes
from orchestration.lib.access.marks import Marks
from orchestration.lib.access.told import MANIFEST
from orchestration.lib.destinations.audiences import memory_folder
from orchestration.lib.row_files.formats import as_csv
from orchestration.lib.segments.outbox import write_whole
from orchestration.lib.settings import Settings


def erase_from_audiences(settings: Settings, marks: Marks) -> int:
    """Rewrite lists and additions without marked persons; how many rows went. May be repeated.

    What a list remembers of them stays until the next sync: the removal that tells the platform is
    made of it, and stays in the outbox until that is pruned.
    """
    gone = 0
    for memory in memories(settings):
        hashes = remembered_hashes(memory, marks)
        told = settings.outbox / memory.parent.relative_to(memory_folder(settings))
        for path in sorted([*told.glob("*.full.csv"), *told.glob("*.adds.csv")]) if hashes else []:
            gone += _rewrite(path, hashes)
    return gone


def _rewrite(path: Path, hashes: set[str]) -> int:
    """Write a file again without rows that have one of the hashes; its manifest says the same."""
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    kept = [row for row in rows if hashes.isdisjoint(row)]
    content = as_csv(columns, kept)
    if len(kept) < len(rows):
        write_whole(path, content)
    manifest = path.with_name(f"{path.name.partition('.')[0]}{MANIFEST}")
    if manifest.exists():
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        is_now = {"rows": len(kept), "sha256": hashlib.sha256(content).hexdigest()}
        if facts["files"][path.name] != is_now:
            facts["files"][path.name] = is_now
            write_whole(manifest, json.dumps(facts, indent=2).encode() + b"\n")
    return len(rows) - len(kept)
