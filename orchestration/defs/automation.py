"""Starts a run when rules, settings, models or libraries differ from those of the last build."""

from __future__ import annotations

import dagster as dg

from orchestration.defs.jobs import rebuild
from orchestration.lib.fingerprint import digest, fingerprint
from orchestration.lib.rules import check_rules
from orchestration.lib.running.planning import changed_since_finished
from orchestration.lib.running.records import steps
from orchestration.lib.settings import load_settings

EVERY_SECONDS = 60
UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]
# tag of a run that is in a hurry: the urgent segments, by comma
URGENT = "urgent"


def sensor_status() -> dg.DefaultSensorStatus:
    """Off until the operator says otherwise: who opens Dagster to look must not start a run."""
    is_on = load_settings().automation
    return dg.DefaultSensorStatus.RUNNING if is_on else dg.DefaultSensorStatus.STOPPED


@dg.sensor(
    job=rebuild,
    minimum_interval_seconds=EVERY_SECONDS,
    default_status=sensor_status(),
    description="A changed rule row starts a build and a publication; a row that cannot be used "
    "starts nothing. The cursor is the fingerprint that was asked for.",
)
def changed_rules(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """One run per fingerprint, whether it succeeds or not."""
    settings = load_settings()
    log = steps(settings)
    parts = fingerprint(settings)
    changed = changed_since_finished(log, parts)
    if not changed:
        return dg.SkipReason("nothing differs from the last build" if log else "nothing built yet")
    cursor = digest(parts)
    if cursor == context.cursor:
        return dg.SkipReason(f"{' and '.join(changed)} changed, a run was asked for already")
    if context.instance.get_runs_count(dg.RunsFilter(statuses=UNDER_WAY)):
        return dg.SkipReason("a run is under way; what it does not know is asked for after it")
    if problems := check_rules(settings):
        return dg.SkipReason(f"rules cannot be used, see `touchline check`: {problems[0]}")
    request = dg.RunRequest(run_key=cursor, tags={"changed": ", ".join(changed)})
    return dg.SensorResult(run_requests=[request], cursor=cursor)
