"""Data tests that look at one table only: asked in the node that builds it, told one by one."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from orchestration.lib.building.remedies import advice_of
from orchestration.lib.building.report import FAILED, NodeResult, layer_of

# macros/own_tests.sql asks them, and answers with this word
TAG = "asked_with_its_table"
ANSWER = re.compile(r"OWN TESTS (\[.*\])")
PLAIN_SETTINGS = {"severity": "ERROR", "where": None, "limit": None, "warn_if": "!= 0"}


def mark_own_tests(manifest: Any, *, but: Iterable[str]) -> dict[str, list[Any]]:
    """Tag the generic tests of dbt's manifest that look at nothing but the table they stand at.

    The table gets their ids as `own_tests` of its meta; returns them by its unique id.
    Tests whose names are in `but` were asked for alone and stay nodes of their own.
    """
    asked_alone = set(but)
    tests = defaultdict(list)
    for node in manifest.nodes.values():
        if (
            node.resource_type == "test"
            and node.name not in asked_alone
            and getattr(node, "attached_node", None)
            and node.depends_on.nodes == [node.attached_node]
            and all(getattr(node.config, name) == value for name, value in PLAIN_SETTINGS.items())
        ):
            node.tags.append(TAG)
            tests[node.attached_node].append(node)
    for table, of_table in tests.items():
        manifest.nodes[table].config.meta["own_tests"] = [test.unique_id for test in of_table]
    manifest.build_flat_graph()
    return tests


def told_apart(
    table: NodeResult, message: str, tests: Iterable[Any], folder: Path
) -> Iterator[NodeResult]:
    """What became of a table, of which dbt said `message`, and of the tests asked with it.

    A table whose rows break a test was built, and the test failed: its query is written to
    `folder`, where dbt leaves those of tests that are nodes.
    """
    answer = ANSWER.search(message)
    broken = {found["test"]: found for found in json.loads(answer[1])} if answer else {}
    table = replace(table, status="success", message="") if broken else table
    yield table
    status = "skipped" if table.status in {*FAILED, "skipped"} else "pass"
    for test in tests:
        result = _result(test, status=status)
        found = broken.get(test.unique_id)
        yield _failed(result, test, found, folder) if found else result


def _result(test: Any, *, status: str) -> NodeResult:
    return NodeResult(
        unique_id=test.unique_id,
        name=test.name,
        kind="test",
        layer=layer_of(test.fqn),
        status=status,
        message="",
        seconds=0.0,
        failures=0,
        place=test.original_file_path,
    )


def _failed(result: NodeResult, test: Any, found: dict[str, Any], folder: Path) -> NodeResult:
    folder.mkdir(parents=True, exist_ok=True)
    query = folder / f"{test.name}.sql"
    query.write_text(found["query"].strip() + "\n", encoding="utf-8")
    rows = found["rows"]
    return replace(
        result,
        status="fail",
        message=f"Got {rows} result{'s' if rows != 1 else ''}, configured to fail if != 0",
        failures=rows,
        place=str(query),
        remedy=advice_of(test.to_dict()).do,
    )
