"""Turns the report of a dbt call into what Dagster records: materialisations and check results."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.transformation.checks import DBT_ID
from orchestration.lib.building import BuildReport, NodeResult

SKIPPED = "skipped"


def selected_nodes(context: dg.AssetExecutionContext) -> list[str]:
    """dbt names of the models asked for, and of tests asked for alone; empty when it is all."""
    if not context.is_subset:
        return []
    asked = context.selected_asset_keys
    assets = [spec for spec in context.assets_def.specs if spec.key in asked]
    checks = [
        spec
        for spec in context.assets_def.check_specs
        if spec.key in context.selected_asset_check_keys and spec.asset_key not in asked
    ]
    return sorted(_dbt_name(spec.metadata[DBT_ID]) for spec in (*assets, *checks))


def dagster_results(
    context: dg.AssetExecutionContext, report: BuildReport
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """A materialisation per model built, a check result per test of a selected asset."""
    assets = {spec.metadata.get(DBT_ID): spec.key for spec in context.assets_def.specs}
    checks = {spec.metadata.get(DBT_ID): spec for spec in context.assets_def.check_specs}
    expected = context.selected_asset_check_keys
    for node in report.nodes:
        check = checks.get(node.unique_id)
        if node.unique_id in assets and not node.failed and node.status != SKIPPED:
            told = {"seconds": round(node.seconds, 3)} | ({"way": node.way} if node.way else {})
            yield dg.MaterializeResult(asset_key=assets[node.unique_id], metadata=told)
        elif check and check.key in expected and node.status != SKIPPED:
            yield _check_result(node, check)


def _check_result(node: NodeResult, check: dg.AssetCheckSpec) -> dg.AssetCheckResult:
    told = {"rows": node.failures, "message": node.message}
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=not node.failed and not node.warned,
        severity=dg.AssetCheckSeverity.WARN if node.warned else dg.AssetCheckSeverity.ERROR,
        metadata=told | ({"remedy": node.remedy} if node.remedy else {}),
    )


def _dbt_name(unique_id: str) -> str:
    """The name dbt selects a model, seed or test by; the id of a test ends with a checksum."""
    return unique_id.split(".")[2]
