"""Every dbt model and seed as an asset, every dbt test as a check, built by one dbt call."""

from collections.abc import Iterator

import dagster as dg
from dagster_dbt import DagsterDbtTranslatorSettings, dbt_assets

from orchestration.defs.home import POOL, Home
from orchestration.defs.transformation.checks import Translator
from orchestration.defs.transformation.results import dagster_results, selected_nodes
from orchestration.lib.building import manifest_path
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import build_home
from orchestration.lib.settings import load_settings

TRANSLATOR = Translator(
    settings=DagsterDbtTranslatorSettings(
        enable_asset_checks=True,
        enable_source_tests_as_checks=True,
        enable_code_references=False,
    )
)


@dbt_assets(
    manifest=manifest_path(load_settings()),
    dagster_dbt_translator=TRANSLATOR,
    name="dbt_models",
    pool=POOL,
)
def dbt_models(
    context: dg.AssetExecutionContext, home: Home
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Build and test the models of a home; what failed is named after all results are told."""
    report = build_home(
        home.settings,
        place=home.build_settings,
        as_of=home.moment,
        full_refresh=home.full_refresh,
        target=home.target,
        select=selected_nodes(context),
        progress=lambda name, number, total: tell("building", name, number, total),
    )
    yield from dagster_results(context, report)
    report.raise_for_failures()
