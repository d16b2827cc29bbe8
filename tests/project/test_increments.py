"""Increments: every model that is kept by key can be found by that key from all it reads."""

from __future__ import annotations

from typing import Any

from dbt.contracts.graph.manifest import Manifest

MODEL = "model.touchline."
# read whole, and so small or so steady that a change of theirs may build their readers anew
STEADY = {"int_exchange_rates_dated"}


def test_what_a_kept_model_reads_leads_to_its_key(manifest: Manifest) -> None:
    """Each input says by which keys its changed rows are found, or is a dictionary."""
    nodes = manifest.nodes
    lost = []
    for node in _kept(nodes):
        for name in node.depends_on.nodes:
            parent = nodes.get(name)
            if parent is None or parent.config.materialized != "table" or parent.name in STEADY:
                continue
            meta = _meta(parent)
            wanted = {_meta(node)["kept_by"], *_meta(node).get("translate", {})}
            if not meta.get("is_dictionary") and not wanted & set(meta.get("keys") or {}):
                lost.append(f"{node.name} reads {parent.name}")
    assert not lost, "\n".join(lost)


def test_tables_that_lead_to_other_keys_have_both(manifest: Manifest) -> None:
    """A table named by `translate` or `closed_by` knows the keys it stands between."""
    nodes = manifest.nodes
    for node in _kept(nodes):
        meta = _meta(node)
        between = [(table, kind) for kind, table in meta.get("translate", {}).items()]
        between += [(meta["closed_by"], meta["kept_by"])] if "closed_by" in meta else []
        for table, kind in between:
            keys = _meta(nodes[MODEL + table])["keys"]
            assert {kind, meta["kept_by"]} <= set(keys), (node.name, table)


def test_a_kept_model_is_found_by_its_own_key(manifest: Manifest) -> None:
    """`kept_by` names one of its `keys`, of one expression."""
    for node in _kept(manifest.nodes):
        expression = _meta(node)["keys"][_meta(node)["kept_by"]]
        assert isinstance(expression, str), node.name


def test_unified_models_that_are_kept_read_latest_versions(manifest: Manifest) -> None:
    """New batches can only compete with what won before where that is how a model is made."""
    for node in _kept(manifest.nodes):
        if _meta(node)["kept_by"] == "record":
            assert "latest_versions(" in node.raw_code, node.name


def _kept(nodes: dict[str, Any]) -> list[Any]:
    models = [node for node in nodes.values() if node.resource_type == "model"]
    kept = [node for node in models if _meta(node).get("kept_by")]
    assert kept, "no model is kept by key any more"
    return kept


def _meta(node: Any) -> dict[str, Any]:
    return node.config.meta
