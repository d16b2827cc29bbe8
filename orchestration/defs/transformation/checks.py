"""Each dbt test as an asset check: where it stands, how severe it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject

from orchestration.defs.checks import described_check
from orchestration.lib.building.remedies import advice_of

DBT_ID = "dagster_dbt/unique_id"
# a test that reads several models stands at the one nearest to readers
NEAREST_FIRST = ("activation", "marts", "observability", "intermediate", "unified", "staging")


class Translator(DagsterDbtTranslator):
    """Keys as dagster-dbt gives them; checks told in our words, none left out."""

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        """The check of a test at the asset it stands at; None at the other ones it reads."""
        test = manifest["nodes"][unique_id]
        home = home_of(test, manifest)
        if asset_spec.metadata.get(DBT_ID) != home:
            return None
        others = [node for node in test["depends_on"]["nodes"] if node != home]
        severity = test["config"]["severity"].lower()
        return described_check(
            test["name"],
            asset=asset_spec.key,
            severity=severity,
            finds=advice_of(test).what,
            remedy=advice_of(test).do,
            blocking=severity == "error",
            deps=[self.get_asset_spec(manifest, node, project).key for node in others],
            metadata={DBT_ID: unique_id},
        )


def home_of(test: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """The dbt id of the node a test stands at: the one it is declared with, else the first of
    those nearest to readers."""
    attached = test.get("attached_node")
    return attached or min(test["depends_on"]["nodes"], key=lambda node: _distance(manifest, node))


def _distance(manifest: Mapping[str, Any], unique_id: str) -> int:
    """How far from the readers a node is; sources and seeds are farthest."""
    node = manifest["nodes"].get(unique_id)
    layer = node["fqn"][1] if node else ""
    return NEAREST_FIRST.index(layer) if layer in NEAREST_FIRST else len(NEAREST_FIRST)
