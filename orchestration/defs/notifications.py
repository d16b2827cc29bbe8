"""Tells a webhook when runs start to fail, are late, and are well again: once per change."""

import dagster as dg

from orchestration.defs.jobs import daily
from orchestration.lib.notify import check_lateness, run_ended
from orchestration.lib.settings import load_settings

EVERY_SECONDS = 900


@dg.run_failure_sensor(
    name="tell_of_failure",
    monitored_jobs=[daily],
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def tell_of_failure(context: dg.RunFailureSensorContext) -> None:
    """The first failed run after good ones."""
    run_ended(load_settings(), error=context.failure_event.message or "the run failed")


@dg.run_status_sensor(
    name="tell_of_recovery",
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[daily],
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def tell_of_recovery(context: dg.RunStatusSensorContext) -> None:
    """The first good run after failed or late ones."""
    run_ended(load_settings(), error=None)


@dg.sensor(
    name="tell_of_lateness",
    minimum_interval_seconds=EVERY_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def tell_of_lateness(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """No good run for longer than promised."""
    state = check_lateness(load_settings())
    return dg.SkipReason(f"runs are {state}")


notifications = [tell_of_failure, tell_of_recovery, tell_of_lateness]
