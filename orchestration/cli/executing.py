"""Runs a Dagster job in this process, shows how far it is, and gathers what it did."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration.cli.output import errors
from orchestration.lib.running.progress import listening


@dataclass(kw_only=True)
class JobOutcome:
    """What a job did: metadata by asset (`files/contacts`), failed checks, wall seconds."""

    assets: dict[str, dict[str, Any]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    seconds: float = 0.0


def execute(job: str, *, home: Mapping[str, Any], quiet: bool = False) -> JobOutcome:
    """Run one job with the configuration of its home resource; raises what an asset raised."""
    began = monotonic()
    with silence(), step_shown(quiet=quiet, title=job.replace("_", " ")):
        import dagster as dg

        from orchestration.definitions import defs

        private = {"telemetry": {"enabled": False}}
        with dg.DagsterInstance.ephemeral(settings=private) as instance:
            result = defs.resolve_job_def(job).execute_in_process(
                instance=instance,
                run_config={
                    "resources": {"home": {"config": dict(home)}},
                    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                },
            )
    outcome = _gathered(result)
    outcome.seconds = monotonic() - began
    return outcome


def _gathered(result: Any) -> JobOutcome:
    """Metadata of all materialised assets and the checks that did not pass."""
    outcome = JobOutcome()
    for event in result.get_asset_materialization_events():
        stored = event.materialization
        outcome.assets[stored.asset_key.to_user_string()] = {
            name: value.value for name, value in stored.metadata.items()
        }
    for check in result.get_asset_check_evaluations():
        if check.passed:
            continue
        metadata = {name: value.value for name, value in check.metadata.items()}
        name = check.asset_key.to_user_string()
        outcome.rejected += [
            f"{file}: {reason}" for file, reason in metadata.get("rejected", {}).items()
        ]
        outcome.doubts += [f"{file}: {text}" for file, text in metadata.get("doubts", {}).items()]
        if "rows" in metadata:
            found = f"{name}, {check.check_name}: {metadata['rows']:,} rows"
            outcome.doubts.append(f"{found}; to do: {metadata['remedy']}")
    return outcome


@contextmanager
def silence() -> Iterator[None]:
    """Keep libraries from talking over the progress bar, and from sending anything anywhere."""
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "true"
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


@contextmanager
def step_shown(*, quiet: bool, title: str) -> Iterator[None]:
    """A progress line on stderr: the step, what it works on, how many of how many."""
    if quiet:
        yield
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[step]:<10}"),
        BarColumn(bar_width=24),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("starting", total=None, step=title)

        def show(step: str, detail: str, number: int, total: int) -> None:
            progress.update(
                task, step=step, description=detail, completed=number, total=total or None
            )

        with listening(show):
            yield
