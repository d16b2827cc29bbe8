"""A whole run of a home: look whether there is anything to do, do it, say what was done."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from orchestration.cli.output import errors
from orchestration.cli.summary import (
    RunSummary,
    doubts_of_files,
    doubts_of_tests,
    ingested,
    rejected,
    seconds_by_layer,
    synced,
    ways_of_tables,
)
from orchestration.cli.watching import watched
from orchestration.lib.asked_again import open_requests
from orchestration.lib.building.engines import require_engine
from orchestration.lib.building.project import DEFAULT_TARGET
from orchestration.lib.erasing.completing import complete_erasures
from orchestration.lib.home import open_home, run_lock
from orchestration.lib.landing import pending_files
from orchestration.lib.notify import run_ended
from orchestration.lib.publishing import last_publication, published_file
from orchestration.lib.running import Plan, plan_run
from orchestration.lib.running.decided import finish_decided
from orchestration.lib.running.planning import past_settings
from orchestration.lib.running.records import steps, steps_of_last_build
from orchestration.lib.running.steps import destinations
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.hearing import hear_refusals

if TYPE_CHECKING:
    from orchestration.lib.running.whole import RunReport


def run_home(
    settings: Settings,
    *,
    as_of: datetime,
    full_refresh: bool = False,
    target: str = DEFAULT_TARGET,
    publish_past: bool = False,
    quiet: bool = False,
) -> RunSummary:
    """Do all that is needed as of a moment; an error is told to the webhook before it is raised."""
    try:
        require_engine(target)
        with open_home(settings, say=_say) as connection:
            erasing = finish_decided(connection, settings)
            unheard = hear_refusals(settings)
            asked = len(open_requests(connection, settings))
            pending = len(pending_files(settings, connection))
        plan = plan_run(
            settings,
            as_of=as_of,
            pending=pending,
            asked=asked,
            destinations=destinations(settings),
            full_refresh=full_refresh,
            target=target,
        )
        summary = _carried_out(
            settings, plan, target=target, publish_past=publish_past, quiet=quiet
        )
        if erasing:
            with run_lock(settings):
                complete_erasures(settings)
    except Exception as error:
        # where the disk refuses the note as well, the error itself is what is told
        with suppress(OSError):
            run_ended(settings, error=getattr(error, "what", str(error)))
        raise
    summary.warnings += unheard
    run_ended(settings, error=None)
    return summary


def _carried_out(
    settings: Settings, plan: Plan, *, target: str, publish_past: bool, quiet: bool
) -> RunSummary:
    """Carry out a plan; the summary says what was done."""
    began = monotonic()
    summary = RunSummary(reason=plan.reason, as_of=plan.as_of.isoformat())
    if plan.nothing_new:
        summary.nothing_new = True
    else:
        from orchestration.lib.running.whole import carry_out

        with watched("run", quiet=quiet), run_lock(settings):
            report = carry_out(settings, plan, target=target, publish_past=publish_past)
        _tell_report(summary, report)
        built_in = past_settings(settings, plan.as_of) if plan.is_past else settings
        summary.asked_keys = steps_of_last_build(steps(built_in))[0].get("asked_keys", {})
    summary.seconds = round(monotonic() - began, 1)
    if plan.is_past and not publish_past:
        summary.built = str(past_settings(settings, plan.as_of).marts_build)
    elif settings.current.exists():
        summary.published = (last_publication(settings) or {}).get("rows", {})
    if settings.current.exists():
        summary.path = str(published_file(settings))
    return summary


def _tell_report(summary: RunSummary, report: RunReport) -> None:
    """Put what the steps reported into a summary."""
    summary.landed = {name: count for name, count in ingested(report.landed).items() if count}
    summary.layers = seconds_by_layer(report.built)
    summary.tables = ways_of_tables(report.built)
    summary.segments = {
        name: sum(one.rows for one in files) for name, files in report.exported.items()
    }
    summary.synced = {name: synced(one) for name, one in report.synced.items()}
    summary.rejected = rejected(report.landed)
    summary.warnings = doubts_of_files(report.landed) + doubts_of_tests(report.built)
    summary.warnings += [text for one in report.synced.values() for text in one.stopped]


def _say(message: str) -> None:
    errors.print(message, style="dim", markup=False)
