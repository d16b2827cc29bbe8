"""The steps of a run one after another, as Dagster's jobs take them asset by asset."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from orchestration.lib.building import BuildReport
from orchestration.lib.building.project import DEFAULT_TARGET
from orchestration.lib.destinations.rows import FILE, read_destinations, row_of
from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import open_warehouse
from orchestration.lib.landing import IngestReport, ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.running.decided import finish_decided
from orchestration.lib.running.planning import Plan, past_settings
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import build_home, destinations, export_home, publish_home
from orchestration.lib.segments.export import ExportReport
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.automatic import SyncReport, sync_destination


@dataclass(kw_only=True)
class RunReport:
    """What each step of a run reported; files and syncs by destination."""

    landed: IngestReport
    built: BuildReport
    exported: dict[str, list[ExportReport]] = field(default_factory=dict)
    synced: dict[str, SyncReport] = field(default_factory=dict)


def carry_out(
    settings: Settings, plan: Plan, *, target: str = DEFAULT_TARGET, publish_past: bool = False
) -> RunReport:
    """Land, build, publish and tell the destinations what a plan says; raises at what failed.

    A day of the past is published only on request, and told to nobody. The caller holds the lock.
    """
    place = past_settings(settings, plan.as_of) if plan.is_past else settings
    landed = land(settings)
    built = build_home(
        settings,
        place=place,
        as_of=plan.as_of,
        full_refresh=plan.full_refresh,
        target=target,
        progress=partial(tell, "building"),
    )
    built.raise_for_failures()
    report = RunReport(landed=landed, built=built)
    if publish_past or not plan.is_past:
        tell("publishing", "copy, audit, switch")
        publish_home(settings, place=place, as_of=plan.as_of, target=target)
    if not plan.is_past:
        _tell_destinations(settings, report)
    return report


def land(settings: Settings) -> IngestReport:
    """Land what waits, and ask the libraries about values not seen before."""
    with open_warehouse(settings) as connection:
        finish_decided(connection, settings)
        report = ingest(settings, connection, progress=partial(tell, "landing"))
        tell("lookups", "distinct hosts, phones, user agents, names, titles")
        refresh_lookups(connection, settings=settings)
    return report


def _tell_destinations(settings: Settings, report: RunReport) -> None:
    """Write the files and sync the tools; one that fails does not keep the others."""
    rows = read_destinations(settings)
    failed: list[TouchlineError] = []
    for name in destinations(settings):
        try:
            if row_of(rows, name).kind == FILE:
                tell("exporting", name)
                report.exported[name] = export_home(settings, destination=name)
            else:
                tell("syncing", name)
                report.synced[name] = sync_destination(settings, name)
                report.synced[name].raise_for_failures(name)
        except TouchlineError as error:
            failed.append(error)
    if failed:
        raise failed[0]
