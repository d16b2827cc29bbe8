"""Starts a run when new files lie in the landing folder."""

import hashlib

import dagster as dg

from orchestration.defs.automation import sensor_status
from orchestration.defs.jobs import daily
from orchestration.lib.asked_again import open_requests
from orchestration.lib.errors import HomeBusyError
from orchestration.lib.home import open_home
from orchestration.lib.landing import pending_files
from orchestration.lib.settings import load_settings

EVERY_SECONDS = 300


@dg.sensor(
    job=daily,
    minimum_interval_seconds=EVERY_SECONDS,
    default_status=sensor_status(),
    description="A new file in the landing folder, or a request to build something again, starts "
    "the daily job; the cursor is what waits.",
)
def landing_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """One run per set of waiting files and requests, whether it succeeds or not."""
    settings = load_settings()
    try:
        with open_home(settings) as connection:
            waiting = pending_files(settings, connection)
            asked = open_requests(connection, settings)
    except HomeBusyError as error:
        return dg.SkipReason(error.what)
    if not waiting and not asked:
        return dg.SkipReason("no new file, and nothing asked for again")
    identities = sorted(str(file.identity) for file in waiting) + [str(one) for one in asked]
    cursor = hashlib.sha256("\n".join(identities).encode()).hexdigest()
    if cursor == context.cursor:
        return dg.SkipReason(f"{len(identities)} things wait, a run was asked for already")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=cursor)], cursor=cursor)
