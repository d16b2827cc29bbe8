"""Closes erasures around a publication: databases are written anew, old versions go, the proof."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.access.marks import PERSON, Marks, bring_marks, form, marked_sql
from orchestration.lib.access.raw_rows import holds_address
from orchestration.lib.erasing.ledger import erase_from_ledger
from orchestration.lib.erasing.proof import has_step, note_finished, note_step, unfinished
from orchestration.lib.erasing.tombstones import erasure_ids, tombstones
from orchestration.lib.failpoints import failpoint
from orchestration.lib.publishing.versions import current_run_id, run_id_of, versions
from orchestration.lib.retention.compacting import compact
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

IDENTIFIERS = "marts.dim_identifiers"
COMPACTED = "compacted"


def write_anew(settings: Settings) -> None:
    """Before a publication that leaves erased persons out: copy the databases without old blocks.

    A deleted row stays in the blocks of its file, and a version is a copy of the file. The caller
    holds the home's lock and has no connection open.
    """
    opened = _opened(settings)
    if opened and not has_step(settings, opened, COMPACTED):
        written = compact(settings, always=True)
        note_step(settings, opened, COMPACTED, {"databases written anew": len(written)})


def complete_erasures(settings: Settings) -> list[str]:
    """After a publication: remove versions that hold an erased person, and close the books.

    Nothing is closed while readers still see such a version, or a tool still holds the person;
    returns the erasures that are finished now. The caller holds the home's lock.
    """
    marks = tombstones(settings)
    opened = _opened(settings)
    if marks is None or not opened:
        return []
    holding = [path for path in versions(settings) if holds_marked(path, marks)]
    current = current_run_id(settings)
    if any(run_id_of(path) == current for path in holding):
        return []
    for path in holding:
        path.unlink()
        failpoint("erase.mid_versions")
    removed = {"published: versions removed": len(holding)} if holding else {}
    note_step(settings, opened, "published", removed)
    counts, waiting = erase_from_ledger(settings, marks)
    note_step(settings, opened, "ledger", counts)
    if waiting:
        return []
    failpoint("erase.before_proof")
    note_finished(settings, opened, run_id=current, not_reached=_not_reached(settings))
    return opened


def _opened(settings: Settings) -> list[str]:
    """Erasures that were decided and are not finished."""
    return unfinished(settings, erasure_ids(settings))


def holds_marked(path: Path, marks: Marks) -> bool:
    """Whether a published version knows an erased person; one that cannot be read may."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            bring_marks(connection, marks)
            prefix = value(form(PERSON, "", ""))
            found = connection.execute(
                f"select 1 from {IDENTIFIERS} where {marked_sql(f'{prefix} || identifier_id')}"
                f" or {marked_sql(f'{prefix} || person_id')}"
                f" or {holds_address(IDENTIFIERS, 'identifier_value', marks.providers)} limit 1"
            ).fetchall()
            return bool(found)
    except duckdb.Error:
        return True


def _not_reached(settings: Settings) -> list[str]:
    """What may hold the person still and is not ours to change, as people name it."""
    damaged = settings.home.glob(f"{settings.warehouse.name}.damaged-*")
    return [
        "files of the landing folder: see still_in",
        "backups made before",
        *(path.name for path in sorted(damaged)),
    ]
