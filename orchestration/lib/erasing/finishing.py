"""Carries out what was decided of erasures and is not done yet, before a build."""

from __future__ import annotations

import duckdb

from orchestration.lib.erasing.files import erase_from_files
from orchestration.lib.erasing.forgetting import note_told
from orchestration.lib.erasing.ledger import erase_from_ledger
from orchestration.lib.erasing.proof import note_reopened, note_step, unfinished
from orchestration.lib.erasing.tombstones import erasure_ids, tombstones
from orchestration.lib.erasing.warehouse import erase_from_warehouse, not_carried_out
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.settings import Settings


def finish_erasures(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[str]:
    """Take everyone out of warehouse, files and ledger who was to go; erasures worked on.

    Costs one look where nobody was ever erased. The caller holds the home's lock.
    """
    marks = tombstones(settings)
    if marks is None:
        return []
    ensure_raw_tables(connection)
    decided = erasure_ids(settings)
    if waiting := not_carried_out(connection, decided):
        counts = erase_from_warehouse(connection, marks, waiting)
        note_reopened(settings, waiting)
        note_step(settings, waiting, "warehouse", counts)
    opened = unfinished(settings, decided)
    if opened:
        note_step(settings, opened, "files", erase_from_files(settings, marks))
        note_told(settings, opened)
        counts, _ = erase_from_ledger(settings, marks)
        note_step(settings, opened, "ledger", counts)
    return opened
