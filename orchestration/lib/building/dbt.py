"""Builds and tests the models of a home by one dbt call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from orchestration.lib.building.calling import Progress, call_dbt
from orchestration.lib.building.engines import bring_marts, engine, selectors
from orchestration.lib.building.increments import close_books, open_books
from orchestration.lib.building.memory import built_one_by_one
from orchestration.lib.building.own_tests import TAG as ASKED_WITH_ITS_TABLE
from orchestration.lib.building.own_tests import mark_own_tests, told_apart
from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import (
    DEFAULT_TARGET,
    PROJECT,
    common_arguments,
    target_folder,
)
from orchestration.lib.building.remedies import advice_of
from orchestration.lib.building.report import (
    FAILED,
    WARNED,
    BuildReport,
    NodeResult,
    layer_of,
    plain,
)
from orchestration.lib.building.untouched import TAG as UNTOUCHED
from orchestration.lib.building.untouched import mark_untouched, told_unasked
from orchestration.lib.settings import Settings


def build(
    settings: Settings,
    *,
    as_of: datetime,
    full_refresh: bool = False,
    target: str = DEFAULT_TARGET,
    select: Iterable[str] = (),
    data_tests: bool = True,
    increment: bool = False,
    again: Iterable[str] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Run `dbt build` on a home as of a moment; raises BuildError only when dbt cannot start.

    `as_of` is an aware timestamp, `select` holds dbt node names (all when empty). Failed nodes are
    in the report, see `raise_for_failures`. `progress` gets (node, number, total). Without
    `data_tests` models are built and not judged. An `increment` brings up to date what changed
    since the last finished build, which must have been of the same fingerprint and no later moment,
    and looks at the raw tables of `again` as if any of their rows had changed.
    On the target spark also raises SparkError; the home's marts are replaced when no node failed.
    """
    selected = list(select)
    increment = (
        increment
        and not selected
        and target == DEFAULT_TARGET
        and open_books(settings, again=again)
    )
    began = monotonic()
    with engine(settings, target=target):
        manifest = parsed_project(settings, target=target)
        tests = mark_own_tests(manifest, but=selected) if data_tests else {}
        untouched = mark_untouched(settings, manifest) if increment else []
        # the manifest stays what was parsed, and of the results only what is returned is read
        command = ["build", "--no-write-json"]
        command += common_arguments(settings, as_of=as_of, target=target)
        command += _left_out(data_tests=data_tests, increment=increment)
        command += ["--full-refresh"] if full_refresh else []
        command += ["--select", *selectors(selected, target=target)] if selected else []
        call = partial(
            call_dbt, settings, manifest=manifest, increment=increment, progress=progress
        )
        results = built_one_by_one(call, command, call(command).results)
    failing = target_folder(settings, target=target) / "failing_tests"
    told = told_unasked(untouched, tests, settings)
    nodes = (*told, *_node_results(results, tests, failing))
    if not any(node.failed for node in nodes):
        bring_marts(settings, nodes, target=target)
        if not selected and target == DEFAULT_TARGET:
            close_books(settings)
    return BuildReport(nodes=nodes, seconds=monotonic() - began, full_refresh=not increment)


def _left_out(*, data_tests: bool, increment: bool) -> list[str]:
    """dbt's words for the nodes that a build does not ask for."""
    # unit tests judge the models' logic, which no data changes: they are for the developer's run
    words = ["--exclude-resource-type", "unit_test"]
    if not data_tests:
        words += ["--exclude-resource-type", "test"]
    if increment:
        # a model that is left out does not take along the tests that compare it with others
        words += ["--exclude-resource-type", "seed", "--indirect-selection", "empty"]
    return [*words, "--exclude", f"tag:{ASKED_WITH_ITS_TABLE}", f"tag:{UNTOUCHED}"]


def _node_results(
    results: Iterable[Any], tests: Mapping[str, Iterable[Any]], failing: Path
) -> Iterator[NodeResult]:
    """Our form of dbt's results, with those of the tests that were asked with their table."""
    for result in results:
        of_table = tests.get(result.node.unique_id, ())
        yield from told_apart(_node_result(result), result.message or "", of_table, failing)


def _node_result(result: Any) -> NodeResult:
    """Our form of one dbt result."""
    node = result.node
    place = getattr(node, "compiled_path", None) or PROJECT / node.original_file_path
    return NodeResult(
        unique_id=node.unique_id,
        name=node.name,
        kind=str(node.resource_type).replace("_", " "),
        layer=layer_of(node.fqn),
        status=str(result.status),
        message=plain(result.message or ""),
        seconds=float(result.execution_time or 0.0),
        failures=int(result.failures or 0),
        place=str(place),
        remedy=advice_of(node.to_dict()).do if _found_rows(result) else "",
    )


def _found_rows(result: Any) -> bool:
    """True for a test that does not pass, as an error or as a warning."""
    return str(result.node.resource_type) == "test" and str(result.status) in {*FAILED, WARNED}
