"""The part of the dbt project that rule tables reach: what to build, and what that reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.lib.building.reaching import reached_from

# the schemas that are compared; observability speaks of the run and not of the business
COMPARED = ("marts", "activation")
VIEW = "view"


@dataclass(frozen=True, kw_only=True)
class Part:
    """dbt ids of the models to build, of what they read besides, and of the marts among them."""

    models: frozenset[str]
    reads: frozenset[str]
    marts: frozenset[str]


def part_behind(manifest: Mapping[str, Any], tables: Collection[str] | None) -> Part:
    """What depends on rule `tables` and leads to a compared mart; everything when null.

    A view is built rather than read: what it selects from is known by name only.
    """
    nodes = manifest["nodes"]
    useful = reached_from(_marts(manifest), manifest["parent_map"])
    if tables is None:
        changed = useful
    else:
        seeds = {key for key, node in nodes.items() if _is_seed(node) and node["name"] in tables}
        changed = reached_from(seeds, manifest["child_map"]) & useful
    models = {key for key in changed if _is_model(nodes.get(key))}
    waiting = list(models)
    reads = set()
    while waiting:
        for parent in manifest["parent_map"][waiting.pop()]:
            if parent in models or parent in reads:
                continue
            if _is_model(nodes.get(parent)) and nodes[parent]["config"]["materialized"] == VIEW:
                models.add(parent)
                waiting.append(parent)
            else:
                reads.add(parent)
    return Part(
        models=frozenset(models),
        reads=frozenset(reads),
        marts=frozenset(models & _marts(manifest)),
    )


def _marts(manifest: Mapping[str, Any]) -> set[str]:
    return {
        key
        for key, node in manifest["nodes"].items()
        if _is_model(node) and node["schema"] in COMPARED
    }


def _is_model(node: Mapping[str, Any] | None) -> bool:
    return node is not None and node["resource_type"] == "model"


def _is_seed(node: Mapping[str, Any]) -> bool:
    return node["resource_type"] == "seed"
