"""Nodes that an increment need not ask: nothing that changed leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

from orchestration.lib.building.increments import asked_kinds, changed_relations, existing_tables
from orchestration.lib.building.own_tests import TAG as ASKED_WITH_ITS_TABLE
from orchestration.lib.building.own_tests import told_apart
from orchestration.lib.building.project import target_folder
from orchestration.lib.building.reaching import reached_from
from orchestration.lib.building.report import NodeResult, layer_of
from orchestration.lib.settings import Settings

TAG = "untouched"
# reads the one clock
TODAY = "today"


def mark_untouched(settings: Settings, manifest: Any) -> list[Any]:
    """Tag the models and tests of dbt's manifest that no change reaches; parents come first.

    A change is what the books of the increment name, a model of `today`, a table that is not there
    and one that is kept by keys of which somebody asked for some. What warns is asked every time,
    so that every run tells it.
    """
    nodes = manifest.nodes
    there = existing_tables(settings)
    asked = asked_kinds(settings)
    begin = changed_relations(settings) | {
        unique_id
        for unique_id, node in nodes.items()
        if node.resource_type == "model"
        and (
            TODAY in node.fqn
            or (node.schema, node.alias) not in there
            or node.config.meta.get("kept_by") in asked
        )
    }
    reached = reached_from(begin, manifest.child_map)
    untouched = {
        unique_id: node
        for unique_id, node in nodes.items()
        if unique_id not in reached and (node.resource_type == "model" or _must_hold(node))
    }
    for node in untouched.values():
        node.tags.append(TAG)
    reads = {unique_id: node.depends_on.nodes for unique_id, node in untouched.items()}
    return [
        untouched[name] for name in TopologicalSorter(reads).static_order() if name in untouched
    ]


def told_unasked(
    untouched: Iterable[Any], own_tests: Mapping[str, Iterable[Any]], settings: Settings
) -> Iterator[NodeResult]:
    """What a report says of nodes that were not asked: as they were after the last build."""
    for node in untouched:
        is_model = node.resource_type == "model"
        result = NodeResult(
            unique_id=node.unique_id,
            name=node.name,
            kind=str(node.resource_type),
            layer=layer_of(node.fqn),
            status="success" if is_model else "pass",
            message="skip" if is_model else "",
            seconds=0.0,
            failures=0,
            place=node.original_file_path,
        )
        yield from told_apart(
            result, "", own_tests.get(node.unique_id, ()), target_folder(settings)
        )


def _must_hold(node: Any) -> bool:
    """Whether a node is a test asked alone, which stops a build when it finds rows."""
    is_asked_alone = node.resource_type == "test" and ASKED_WITH_ITS_TABLE not in node.tags
    return is_asked_alone and node.config.severity == "ERROR"
