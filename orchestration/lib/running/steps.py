"""The steps of a run on one home: build, publish, export, each recorded when it is done."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from orchestration.lib.asked_again import asked_relations, open_requests
from orchestration.lib.building import BuildReport, build, read_manifest
from orchestration.lib.building.asked_keys import declare_asked_keys
from orchestration.lib.building.calling import Progress
from orchestration.lib.building.increments import changed_relations
from orchestration.lib.building.project import DEFAULT_TARGET
from orchestration.lib.destinations.rows import FILE, names_in, read_destinations, row_of
from orchestration.lib.erasing.completing import complete_erasures, write_anew
from orchestration.lib.errors import TouchlineError
from orchestration.lib.fingerprint import digest, fingerprint
from orchestration.lib.home import open_warehouse, prepare_home
from orchestration.lib.persons import recall_persons, remember_persons
from orchestration.lib.publishing import Publication, publish, published_file
from orchestration.lib.publishing.versions import run_id_of
from orchestration.lib.rule_effects.basing import build_facts
from orchestration.lib.rule_effects.recording import bring_effects, record_effects
from orchestration.lib.rules import effective_rows, require_sound_rules, rule_tables
from orchestration.lib.running.planning import changed_since_finished
from orchestration.lib.running.records import (
    BUILD_FINISHED,
    BUILD_STARTED,
    EXPORTED,
    PUBLISHED,
    moment_of,
    record_step,
    steps,
    steps_of_last_build,
    steps_since_last_finished_build,
)
from orchestration.lib.segments.export import ExportReport, export_segments
from orchestration.lib.segments.memory import recall_segments, remember_segments
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.bringing import bring_syncs

SEGMENTS = "segment_definitions"


def destinations(settings: Settings) -> list[str]:
    """Where active segments go, sorted."""
    rows = effective_rows(settings, rule_tables()[SEGMENTS])
    return sorted(
        {
            name
            for row in rows
            if row.values.get("is_active") == "true"
            for name in names_in(row.values.get("destination"))
        }
    )


def told_by_file(settings: Settings) -> list[str]:
    """Destinations of active segments that are told by files; the others are tools."""
    rows = read_destinations(settings)
    return [name for name in destinations(settings) if row_of(rows, name).kind == FILE]


def build_home(
    settings: Settings,
    *,
    place: Settings,
    as_of: datetime,
    full_refresh: bool = False,
    target: str = DEFAULT_TARGET,
    select: Iterable[str] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Build the models of a home in `place`: the home itself, or the folder of a day of the past.

    Everything is rebuilt when asked, at first, in a past place, for a moment before that of the
    last build, and when rules, settings, models or libraries changed. Raises RulesError before
    anything is touched; failed nodes are in the report.
    """
    require_sound_rules(settings)
    if place != settings:
        _bring_raw_data(settings, place)
    recall_persons(place, is_past=place != settings)
    recall_segments(place, is_past=place != settings)
    parts = fingerprint(settings, target=target)
    everything = full_refresh or _must_rebuild(place, parts, as_of)
    selected = list(select)
    requests = _requests(place)
    facts = {"as_of": as_of.isoformat(), "parts": parts, "full_refresh": everything}
    if requests and not everything:
        facts |= {"asked_keys": declare_asked_keys(place, requests)}
    facts |= build_facts(settings, target=target)
    bring_effects(settings, place)
    bring_syncs(settings, place)
    record_step(place, BUILD_STARTED, **facts)
    report = build(
        place,
        as_of=as_of,
        full_refresh=everything,
        target=target,
        select=selected,
        increment=not everything,
        again=asked_relations(requests),
        progress=progress,
    )
    if not report.failures and not selected:
        record_step(place, BUILD_FINISHED, seconds=round(report.seconds, 1), **facts)
    return report


def publish_home(
    settings: Settings,
    *,
    place: Settings,
    as_of: datetime,
    target: str = DEFAULT_TARGET,
    accept_fewer_rows: bool = False,
) -> Publication:
    """Publish what was built in `place`; raises TouchlineError when that is not a whole build."""
    recent = steps_of_last_build(steps(place))
    if doubt := _not_whole(place, recent, target=target):
        raise TouchlineError(
            doubt, str(place.marts_build), "build everything first: `touchline build`"
        )
    parts: Mapping[str, str] = recent[0]["parts"]
    manifest = read_manifest(place, target=target)
    if place == settings:
        write_anew(settings)
    publication = publish(
        settings,
        build=place.marts_build,
        manifest=manifest,
        as_of=as_of,
        fingerprint=digest(parts),
        accept_fewer_rows=accept_fewer_rows,
        also=partial(record_effects, settings=settings, manifest=manifest, build=recent[0]),
    )
    record_step(place, PUBLISHED, run_id=publication.run_id)
    if place == settings:
        remember_persons(settings, run_id=publication.run_id)
        remember_segments(settings, run_id=publication.run_id, as_of=as_of)
        complete_erasures(settings)
    return publication


def export_home(settings: Settings, *, destination: str) -> list[ExportReport]:
    """Write the segments of one destination from the published file."""
    published = published_file(settings)
    run_id = run_id_of(published)
    reports = export_segments(settings, published, run_id, destination=destination)
    record_step(settings, EXPORTED, run_id=run_id, destination=destination)
    return reports


def _requests(place: Settings) -> list[dict[str, Any]]:
    with open_warehouse(place) as connection:
        return open_requests(connection, place)


def _must_rebuild(place: Settings, parts: Mapping[str, str], as_of: datetime) -> bool:
    """True unless the last build is of an earlier or the same moment, and of the same parts."""
    log = steps(place)
    recent = steps_since_last_finished_build(log)
    return not recent or moment_of(recent[0]) > as_of or bool(changed_since_finished(log, parts))


def _not_whole(place: Settings, recent: list[dict[str, Any]], *, target: str) -> str | None:
    """Why what stands in `place` is not what one build left there, or None."""
    if not recent:
        return "nothing has been built yet"
    if BUILD_FINISHED not in {entry["step"] for entry in recent}:
        return "the last build did not end well, or was of some models only"
    if target == DEFAULT_TARGET and changed_relations(place):
        return "models were built by dbt alone since the last build, maybe as of another moment"
    return None


def _bring_raw_data(settings: Settings, place: Settings) -> None:
    """Copy the raw data and own rules of a home into the folder of a day of the past."""
    prepare_home(place, say=lambda message: None)
    with open_warehouse(settings) as connection:
        connection.execute("checkpoint")
    shutil.copyfile(settings.warehouse, place.warehouse)
    shutil.copytree(settings.rules, place.rules, dirs_exist_ok=True)
