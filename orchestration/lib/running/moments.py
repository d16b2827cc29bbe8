"""The moment a run speaks of: the start of the day, later where the home knows more, or now."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from orchestration.lib.errors import TouchlineError
from orchestration.lib.running.records import (
    moment_of,
    steps,
    steps_file,
    steps_since_last_finished_build,
)
from orchestration.lib.settings import Settings, default_as_of

# what `as_of` may say instead of a moment
NOW = "now"


def last_built_moment(settings: Settings) -> datetime | None:
    """The as_of of the last finished build, aware; null before the first."""
    recent = steps_since_last_finished_build(steps(settings))
    return moment_of(recent[0]) if recent else None


def usual_moment(settings: Settings, now: datetime | None = None) -> datetime:
    """The start of the local day, or the moment of that day the home was last built for.

    So an ordinary run never speaks of less than an urgent one before it, even if the clock went
    back meanwhile; the next day it speaks of its own start again. A home built for a day that has
    not come yet does not count: its runs of today are those of a day of the past.
    """
    zone = ZoneInfo(settings.reporting_timezone)
    start = default_as_of(settings, now)
    built = last_built_moment(settings)
    if built and built.astimezone(zone).date() == start.astimezone(zone).date():
        return max(start, built)
    return start


def moment_of_now(settings: Settings, now: datetime | None = None) -> datetime:
    """This second, aware: all that was landed before it is known, whatever the minute.

    Raises TouchlineError while the home was built for a later moment: its clock went back, or it
    was built ahead of its time.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    built = last_built_moment(settings)
    if built and built > moment:
        raise TouchlineError(
            f"a run cannot speak of now, {moment:%Y-%m-%d %H:%M:%S} UTC: this home was built as of "
            f"{built.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC, which is later",
            str(steps_file(settings)),
            "correct the clock of this machine; if the home was built ahead of its time, "
            "`touchline build` and `touchline publish` bring it back to today",
        )
    return moment
