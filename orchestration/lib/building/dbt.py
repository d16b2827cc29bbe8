"""Calls dbt in this process: parse for the manifest, build for models and their tests."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from orchestration.lib.building.project import (
    DEFAULT_TARGET,
    PROJECT,
    common_arguments,
    profile_variables,
    project_checksum,
    target_folder,
)
from orchestration.lib.building.report import BuildError, BuildReport, NodeResult, layer_of, plain
from orchestration.lib.settings import Settings

Progress = Callable[[str, int, int], None]
NODE_ENDED = {"LogModelResult", "LogSeedResult", "LogTestResult", "LogSnapshotResult"}
MARK = "manifest.checksum"
SILENT = ["--quiet", "--no-use-colors", "--log-level", "none", "--log-level-file", "info"]


def build(
    settings: Settings,
    *,
    as_of: datetime,
    full_refresh: bool = False,
    target: str = DEFAULT_TARGET,
    select: Iterable[str] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Run `dbt build` on a home as of a moment; raises BuildError only when dbt cannot start.

    `as_of` is an aware timestamp, `select` holds dbt node names (all when empty). Failed nodes are
    in the report, see `raise_for_failures`. `progress` gets (node, number, total).
    """
    command = ["build", *common_arguments(settings, as_of=as_of, target=target)]
    # unit tests judge the models' logic, which no data changes: they are for the developer's run
    command += ["--exclude-resource-type", "unit_test"]
    if full_refresh:
        command.append("--full-refresh")
    if selected := list(select):
        command += ["--select", *selected]
    began, files = monotonic(), project_checksum()
    outcome = _invoke(settings, command, progress=progress)
    _mark_manifest(settings, target=target, files=files)
    nodes = tuple(_node_result(found) for found in outcome.results)
    return BuildReport(nodes=nodes, seconds=monotonic() - began, full_refresh=full_refresh)


def manifest_path(settings: Settings, *, target: str = DEFAULT_TARGET) -> Path:
    """The home's dbt manifest, parsed anew when the project's files differ; raises BuildError."""
    path = _manifest_file(settings, target=target)
    mark = path.with_name(MARK)
    files = project_checksum()
    if path.exists() and mark.exists() and mark.read_text() == files:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    _invoke(settings, ["parse", *common_arguments(settings, as_of=None, target=target)])
    _mark_manifest(settings, target=target, files=files)
    return path


def read_manifest(settings: Settings, *, target: str = DEFAULT_TARGET) -> dict[str, Any]:
    """The manifest of the last dbt call on a home, as a dictionary."""
    return json.loads(_manifest_file(settings, target=target).read_text(encoding="utf-8"))


def _manifest_file(settings: Settings, *, target: str) -> Path:
    return target_folder(settings, target=target) / "manifest.json"


def _mark_manifest(settings: Settings, *, target: str, files: str) -> None:
    """Remember of which project files the manifest speaks."""
    _manifest_file(settings, target=target).with_name(MARK).write_text(files)


def _invoke(settings: Settings, command: list[str], *, progress: Progress | None = None) -> Any:
    """The result of one dbt call; raises BuildError when dbt could not do it at all."""
    private = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    with _environment(private | profile_variables(settings)):
        from dbt.cli.main import dbtRunner

        callbacks = [_reporting(progress)] if progress else []
        outcome = dbtRunner(callbacks=callbacks).invoke([*SILENT, *command])
        _let_go_of_the_warehouse()
    if outcome.result is None or outcome.exception is not None:
        raise BuildError(
            f"dbt could not {command[0]}: {plain(str(outcome.exception or 'no result'))}",
            str(PROJECT),
            "correct the file it names; `touchline check` looks at rules and settings",
        )
    return outcome.result


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """`values` as environment variables for the time of one dbt call."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _let_go_of_the_warehouse() -> None:
    """Close what dbt keeps open between calls, so that the next step may open the same files."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()


def _reporting(progress: Progress) -> Callable[[Any], None]:
    """A dbt event callback that tells which node ended, its number and how many there are."""

    def on_event(event: Any) -> None:
        if event.info.name in NODE_ENDED:
            data = event.data
            total = getattr(data, "total", 0) or getattr(data, "num_models", 0)
            progress(data.node_info.node_name, data.index, total)

    return on_event


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
    )
