"""What readers see now, how the last runs went, and what was set aside, for `touchline status`."""

from __future__ import annotations

from typing import Any

import duckdb

from orchestration.lib.explain.reading import as_rows, columns_of
from orchestration.lib.lock_file import run_under_way
from orchestration.lib.notify import state_of
from orchestration.lib.publishing import last_publication, open_published
from orchestration.lib.publishing.versions import versions
from orchestration.lib.retention.sizes import sizes
from orchestration.lib.running.records import steps
from orchestration.lib.settings import Settings

SET_ASIDE = (
    "select source_system, source_table, source_file, rows_in, rows_quarantined "
    "from observability.rpt_row_reconciliation where rows_quarantined > 0 "
    "order by rows_quarantined desc, source_file limit 20"
)
FRESHNESS = (
    "select * from observability.rpt_source_freshness "
    "order by is_late desc nulls last, source_system, source_table limit 50"
)
DOUBTS = (
    "select source_file, column_name, because, remedy, severity, status "
    "from observability.rpt_raw_doubts order by batch_id desc, severity, column_name limit 20"
)

BIGGEST = (
    'select schema_name || \'.\' || table_name as "table", estimated_size as "rows" '
    "from duckdb_tables() where schema_name <> 'marts_masked' "
    "order by estimated_size desc, schema_name, table_name limit 5"
)


def status_of(settings: Settings) -> dict[str, Any]:
    """Facts, and lists of rows: `sizes`, `freshness`, `set_aside` …. Reads published data only."""
    publication = last_publication(settings)
    log = steps(settings)
    process = run_under_way(settings)
    facts: dict[str, Any] = {
        "home": str(settings.home),
        "published": publication["run_id"] if publication else _not_yet(settings),
        "as_of": publication["as_of"] if publication else None,
        "versions kept": len(versions(settings)) if settings.published.is_dir() else 0,
        "last step": f"{log[-1]['step']} at {log[-1]['at']}" if log else None,
        "runs are": state_of(settings) if log else "none yet",
        "under way": f"a run, process {process}" if process else "nothing",
    }
    facts["sizes"] = sizes(settings)
    return facts | _observed(settings) if publication else facts


def _not_yet(settings: Settings) -> str:
    """What to do where nothing is published."""
    if settings.home.is_dir():
        return "nothing yet: run `touchline run`"
    return "no home here: set TOUCHLINE_HOME to one, or begin one by `touchline run`"


def _observed(settings: Settings) -> dict[str, Any]:
    """Row counts, freshness and rows set aside, from the published file."""
    connection = open_published(settings)
    try:
        counts = {
            table: connection.execute(f"select count(*) from marts.{table}").fetchall()[0][0]
            for table in ("dim_accounts", "dim_persons", "fct_touchpoints", "fct_journeys")
            if columns_of(connection, f"marts.{table}")
        }
        return counts | {
            "biggest": as_rows(connection.execute(BIGGEST)),
            "freshness": _rows(connection, "observability.rpt_source_freshness", FRESHNESS),
            "set_aside": _rows(connection, "observability.rpt_row_reconciliation", SET_ASIDE),
            "doubts": _rows(connection, "observability.rpt_raw_doubts", DOUBTS),
        }
    finally:
        connection.close()


def _rows(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> list[dict[str, Any]]:
    return as_rows(connection.execute(query)) if columns_of(connection, table) else []
