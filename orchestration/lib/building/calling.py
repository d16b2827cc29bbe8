"""One dbt call in this process: quiet, private, with a home's variables, and clean after it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from orchestration.lib.building.project import PROJECT, profile_variables
from orchestration.lib.building.report import BuildError, plain
from orchestration.lib.settings import Settings

Progress = Callable[[str, int, int], None]
NODE_ENDED = {"LogModelResult", "LogSeedResult", "LogTestResult", "LogSnapshotResult"}
SILENT = ["--quiet", "--no-use-colors", "--log-level", "none", "--log-level-file", "info"]
# allocations between two searches for garbage: dbt leaves little of it, and much that is none
SELDOM = (50_000, 20, 100)
PRIVATE = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def call_dbt(
    settings: Settings,
    command: Sequence[str],
    *,
    manifest: Any = None,
    increment: bool = False,
    progress: Progress | None = None,
) -> Any:
    """The result of one dbt command; raises BuildError when dbt could not do it at all.

    A `manifest` spares dbt the parsing. In an `increment` tables are brought up to date where what
    they read has changed. `progress` gets (node, number, total) as nodes end.
    """
    mode = {"TOUCHLINE_INCREMENT": str(increment).lower()}
    with _environment(PRIVATE | profile_variables(settings) | mode), _garbage_searched_seldom():
        from dbt.cli.main import dbtRunner

        callbacks = [_reporting(progress)] if progress else []
        runner = dbtRunner(manifest=manifest, callbacks=callbacks)
        outcome = runner.invoke([*SILENT, *command])
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


@contextmanager
def _garbage_searched_seldom() -> Iterator[None]:
    """Spare Python to go through the manifest again and again: no part of it ends before the call.

    What is frozen here is searched again afterwards.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _let_go_of_the_warehouse() -> None:
    """Close what dbt keeps open between calls, so that the next step may open the same files."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    from orchestration.lib.lake.session import stop_spark

    DuckDBConnectionManager.close_all_connections()
    stop_spark()


def _reporting(progress: Progress) -> Callable[[Any], None]:
    """A dbt event callback that tells which node ended, its number and how many there are."""

    def on_event(event: Any) -> None:
        if event.info.name in NODE_ENDED:
            data = event.data
            total = getattr(data, "total", 0) or getattr(data, "num_models", 0)
            progress(data.node_info.node_name, data.index, total)

    return on_event
