"""Says what would go with some batches: rows by table, and what readers see of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from orchestration.lib.explain.reading import columns_of
from orchestration.lib.publishing import open_published
from orchestration.lib.revoking.choosing import Batch
from orchestration.lib.settings import Settings

RECONCILIATION = "observability.rpt_row_reconciliation"
_PUBLISHED = (
    f"select sum(rows_latest), sum(rows_in_touchpoints) from {RECONCILIATION}"
    " where list_contains(?, batch_id)"
)


def what_goes(
    connection: duckdb.DuckDBPyConnection, settings: Settings, batches: Sequence[Batch]
) -> list[dict[str, Any]]:
    """One row per table: files, rows loaded and set aside, later files to look at again, and how
    many rows the published marts use, also as touchpoints (null before anything is published)."""
    tables: dict[tuple[str, str], list[Batch]] = {}
    for batch in batches:
        tables.setdefault((batch.system, batch.table), []).append(batch)
    return [_of_table(connection, settings, found) for found in tables.values()]


def _of_table(
    connection: duckdb.DuckDBPyConnection, settings: Settings, batches: Sequence[Batch]
) -> dict[str, Any]:
    first = batches[0]
    numbers = [batch.batch_id for batch in batches]
    aside, later = connection.execute(
        """
        select
            (select count(*) from raw_ops.quarantine where list_contains($numbers, batch_id)),
            (
                select count(*) from raw_ops.load_ledger
                where system = $system and table_name = $table and batch_id > $first
                    and rows_duplicate > 0 and status = 'loaded'
                    and not list_contains($numbers, batch_id)
            )
        """,
        {
            "numbers": numbers,
            "system": first.system,
            "table": first.table,
            "first": min(numbers),
        },
    ).fetchall()[0]
    used, touches = _published(settings, numbers)
    return {
        "table": f"{first.system}/{first.table}",
        "files": len({batch.source_file for batch in batches}),
        "batches": ", ".join(str(int(number)) for number in numbers),
        "rows_loaded": sum(batch.rows_loaded for batch in batches),
        "rows_quarantined": aside,
        "later_files_to_read_again": later,
        "rows_in_published_marts": used,
        "rows_in_published_touchpoints": touches,
    }


def _published(settings: Settings, numbers: list[str]) -> tuple[int | None, int | None]:
    """Rows of the batches that the published marts use, and use as touchpoints."""
    if not settings.current.exists():
        return None, None
    published = open_published(settings)
    try:
        if not columns_of(published, RECONCILIATION):
            return None, None
        used, touches = published.execute(_PUBLISHED, [numbers]).fetchall()[0]
        return int(used or 0), int(touches or 0)
    finally:
        published.close()
