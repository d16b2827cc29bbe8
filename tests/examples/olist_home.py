"""Homes of the Olist example: landed batch by batch as the recipe says, built, then asked."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_warehouse, prepare_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings, load_settings

EXAMPLE = Path(__file__).resolve().parents[2] / "dbt_project" / "docs" / "examples" / "olist"
AS_OF = datetime(2018, 11, 15, 2, tzinfo=UTC)
ORDERS = ("orders", "order_items", "order_payments", "customers")
CATALOGUE = ("sellers", "products")
FILES_A = {
    "marketing_qualified_leads": "olist_marketing_qualified_leads_dataset.csv",
    "closed_deals": "olist_closed_deals_dataset.csv",
    "product_category_translation": "product_category_name_translation.csv",
    **{table: f"olist_{table}_dataset.csv" for table in CATALOGUE},
    **{table: f"orders_batch_a/olist_{table}_dataset.csv" for table in ORDERS},
}
FILES_B = {
    "product_category_translation": "orders_batch_b/product_category_name_translation.csv",
    **{
        table: f"orders_batch_b/olist_{table}_dataset.csv"
        for table in (*ORDERS, *CATALOGUE, "order_reviews", "geolocation")
    },
}
MODELS = (
    "fct_account_matches",
    "int_accounts_survived",
    "int_item_facts_listed",
    "int_journeys_known",
    "int_leads_channeled",
    "int_stage_intervals_known",
    "rpt_row_reconciliation",
)


@dataclass(frozen=True, kw_only=True)
class OlistHome:
    """A built home, and what its raw tables held after each landing: A, B, B again."""

    settings: Settings
    orders_after_a: int
    rows_after_b: Mapping[str, int]
    rows_after_b_again: Mapping[str, int]

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query on warehouse and built marts."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as connection:
            connection.execute(f"attach '{self.settings.marts_build}' as built (read_only)")
            return connection.execute(query).fetchall()


def olist_home(
    folder: Path, home: Path, *, parsed: Path | None = None, models: Collection[str] = ()
) -> OlistHome:
    """The example's home with the files of `folder`: A landed and built, B landed twice, built.

    `parsed` is the target folder of another home, whose parsed project serves this one as well;
    `models` are built besides those that every test asks.
    """
    shutil.copytree(EXAMPLE, home)
    if parsed:
        shutil.copytree(parsed, home / "target", ignore=shutil.ignore_patterns("compiled", "run"))
    settings = load_settings({}, home=home)
    prepare_home(settings)
    land(folder, settings, files=FILES_A, prefix="a_")
    build_models(settings, ("int_orders_unified",))
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        row = connection.execute("select count(*) from unified.int_orders_unified").fetchone()
    land(folder, settings, files=FILES_B, prefix="b_")
    after_b = rows_of_raw_tables(settings)
    land(folder, settings, files=FILES_B, prefix="b_again_")
    build_models(settings, (*MODELS, *models))
    return OlistHome(
        settings=settings,
        orders_after_a=row[0] if row else 0,
        rows_after_b=after_b,
        rows_after_b_again=rows_of_raw_tables(settings),
    )


def land(folder: Path, settings: Settings, *, files: Mapping[str, str], prefix: str) -> None:
    """Put files into the landing folders of their tables, under names of their own, and load."""
    for table, name in files.items():
        landing = settings.landing / "olist" / table
        landing.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / name, landing / f"{prefix}{Path(name).name}")
    connection = open_warehouse(settings)
    ingest(settings, connection, still_seconds=0)
    refresh_lookups(connection)
    connection.close()


def build_models(settings: Settings, models: Collection[str]) -> None:
    """Build models with all they read, without their tests; a failure fails the test."""
    selected = [f"+{model},resource_type:{kind}" for model in models for kind in ("model", "seed")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_INDIRECT_SELECTION", "empty")
        build(settings, as_of=AS_OF, select=selected).raise_for_failures()


def rows_of_raw_tables(settings: Settings) -> dict[str, int]:
    """How many rows each raw table of the system holds."""
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'raw_olist'"
        ).fetchall()
        return {
            table: connection.execute(f"select count(*) from raw_olist.{table}").fetchall()[0][0]
            for (table,) in tables
        }
