"""When runs start by themselves."""

from __future__ import annotations

import dagster as dg

from orchestration.defs.jobs import daily
from orchestration.lib.settings import load_settings

# a little after midnight in the reporting time zone, so that the day that ended is whole
DAILY_AT = "15 0 * * *"

_settings = load_settings()

schedules = [
    dg.ScheduleDefinition(
        name="every_day",
        job=daily,
        cron_schedule=DAILY_AT,
        execution_timezone=_settings.reporting_timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING
        if _settings.automation
        else dg.DefaultScheduleStatus.STOPPED,
        description="The daily job, just after midnight in the reporting time zone.",
    )
]
