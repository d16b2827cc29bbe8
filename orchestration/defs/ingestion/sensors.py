"""Starts a run when new files lie in the landing folder, or when somebody urgent has become due."""

import hashlib

import dagster as dg

from orchestration.defs.automation import URGENT, sensor_status
from orchestration.defs.jobs import daily
from orchestration.lib.asked_again import open_requests
from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import open_home
from orchestration.lib.landing import pending_files
from orchestration.lib.running.moments import NOW, last_built_moment, moment_of_now
from orchestration.lib.segments.urgent import due_by_time, urgent_segments
from orchestration.lib.settings import Settings, load_settings

# an urgent segment has 15 minutes: what waits is seen after two, the rest is for the run itself
EVERY_SECONDS = 120
AS_OF_NOW = {"resources": {"home": {"config": {"as_of": NOW}}}}


@dg.sensor(
    job=daily,
    minimum_interval_seconds=EVERY_SECONDS,
    default_status=sensor_status(),
    description="A new file in the landing folder, or a request to build something again, starts "
    "the daily job; while segments are urgent it speaks of now, and also starts when somebody has "
    "become due for one by time alone. The cursor is what waits.",
)
def landing_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """One run per set of what waits, whether it succeeds or not; none while the home is busy."""
    settings = load_settings()
    urgent = urgent_segments(settings)
    try:
        identities = _waiting(settings, is_urgent=bool(urgent))
    except TouchlineError as error:
        return dg.SkipReason(error.what)
    if not identities:
        return dg.SkipReason("no new file, nothing asked for again, nobody due by time alone")
    cursor = hashlib.sha256("\n".join(identities).encode()).hexdigest()
    if cursor == context.cursor:
        return dg.SkipReason(f"{len(identities)} things wait, a run was asked for already")
    request = dg.RunRequest(
        run_key=cursor,
        run_config=AS_OF_NOW if urgent else {},
        tags={URGENT: ", ".join(urgent)} if urgent else {},
    )
    return dg.SensorResult(run_requests=[request], cursor=cursor)


def _waiting(settings: Settings, *, is_urgent: bool) -> list[str]:
    """What waits, by name; raises TouchlineError while a run has the home, or now is too early."""
    with open_home(settings) as connection:
        files = sorted(str(file.identity) for file in pending_files(settings, connection))
        asked = [str(one) for one in open_requests(connection, settings)]
        due = due_by_time(connection, settings, moment_of_now(settings)) if is_urgent else 0
    # without their number, so that a run which fails is not begun again with each of them
    by_time = [f"due since {last_built_moment(settings)}"] if due else []
    return files + asked + by_time
