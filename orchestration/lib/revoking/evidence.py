"""Keeps the refusals of a file that goes: whoever refused in it is not written to without it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.rules.refusals import refusal
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import address


def keep_refusals(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    batch_ids: Sequence[str],
) -> int:
    """Suppress the addresses of rows that refuse, or whose word nobody knows; returns how many.

    Addresses of rows in quarantine are kept anyway. Rows of tables that carry no refusal say none.
    """
    refuses = refusal(settings, spec)
    if refuses is None:
        return 0
    kept = f"coalesce({address('email')}, lower(trim(email)))"
    inserted = connection.execute(
        f"""
        insert into raw_ops.quarantined_addresses
        select distinct {kept}, $system, $table, _batch_id, _source_row
        from {raw_table(spec)}
        where list_contains($batches, _batch_id) and nullif(trim(email), '') is not null
            and {refuses}
        """,
        {"system": spec.system, "table": spec.table, "batches": list(batch_ids)},
    ).fetchone()
    return int(inserted[0]) if inserted else 0
