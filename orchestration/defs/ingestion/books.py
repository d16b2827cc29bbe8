"""What landing keeps beside the raw rows: ledger, quarantine, and lookups of distinct values."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.home import POOL, Home
from orchestration.defs.ingestion.raw_tables import raw_key
from orchestration.lib.home import open_warehouse
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.raw_checks import declared_tables
from orchestration.lib.running.progress import tell

BOOKS = (
    *("load_ledger", "batch_checks", "quarantine", "quarantined_addresses", "rule_effects"),
    *("person_map", "person_changes", "segment_entries", "sync_plans", "sync_acknowledged"),
)
LOOKUPS = ("hosts", "phones", "user_agents", "company_names", "titles", "company_name_likenesses")
RAW_KEYS = [raw_key(spec) for spec in declared_tables()]


def _specs(schema: str, tables: tuple[str, ...]) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec([schema, table], deps=RAW_KEYS, group_name="ingestion", kinds={"duckdb"})
        for table in tables
    ]


@dg.multi_asset(name="landing_books", specs=_specs("raw_ops", BOOKS), pool=POOL)
def landing_books(home: Home) -> Iterator[dg.MaterializeResult]:
    """Ledger, checks, quarantine, suppressed addresses: written with the raw rows, counted here."""
    with open_warehouse(home.settings) as connection:
        for table in BOOKS:
            rows = connection.execute(f"select count(*) from raw_ops.{table}").fetchall()[0][0]
            yield dg.MaterializeResult(asset_key=["raw_ops", table], metadata={"rows": rows})


@dg.multi_asset(name="lookups", specs=_specs("lookups", LOOKUPS), pool=POOL)
def lookups(home: Home) -> Iterator[dg.MaterializeResult]:
    """What libraries say of hosts, phones, user agents and company names not seen before."""
    tell("lookups", "distinct hosts, phones, user agents, names, titles")
    with open_warehouse(home.settings) as connection:
        new_rows = refresh_lookups(connection, settings=home.settings)
    for table in LOOKUPS:
        yield dg.MaterializeResult(
            asset_key=["lookups", table], metadata={"new_rows": new_rows.get(table, 0)}
        )
