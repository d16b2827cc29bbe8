"""The moment a run speaks of: nothing moves backwards, and nothing stays in the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer import BadParameter

from orchestration.cli.options import moment
from orchestration.lib.errors import TouchlineError
from orchestration.lib.running import plan_run, record_step
from orchestration.lib.running.moments import last_built_moment, moment_of_now, usual_moment
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED
from orchestration.lib.settings import Settings

DAY = datetime(2026, 7, 1, tzinfo=UTC)
QUARTER_PAST_ELEVEN = DAY + timedelta(hours=11, minutes=15)


def built(settings: Settings, as_of: datetime) -> None:
    """A build as of a moment has ended well."""
    parts = plan_run(settings, as_of=as_of, pending=0, destinations=[]).parts
    for step in (BUILD_STARTED, BUILD_FINISHED):
        record_step(settings, step, as_of=as_of.isoformat(), parts=dict(parts))


def test_without_urgent_runs_a_run_speaks_of_the_start_of_its_day(settings: Settings) -> None:
    assert usual_moment(settings, QUARTER_PAST_ELEVEN) == DAY
    built(settings, DAY - timedelta(days=1))
    assert usual_moment(settings, QUARTER_PAST_ELEVEN) == DAY
    built(settings, DAY)
    assert usual_moment(settings, QUARTER_PAST_ELEVEN) == DAY


def test_after_an_urgent_run_the_day_does_not_go_back(settings: Settings) -> None:
    built(settings, moment_of_now(settings, QUARTER_PAST_ELEVEN))
    evening = usual_moment(settings, DAY + timedelta(hours=20))
    assert evening == QUARTER_PAST_ELEVEN
    assert not plan_run(settings, as_of=evening, pending=0, destinations=[]).is_past
    assert usual_moment(settings, DAY + timedelta(hours=24)) == DAY + timedelta(days=1)


def test_now_is_a_whole_second(settings: Settings) -> None:
    given = QUARTER_PAST_ELEVEN + timedelta(seconds=7, microseconds=999_999)
    assert moment_of_now(settings, given) == QUARTER_PAST_ELEVEN + timedelta(seconds=7)


def test_a_clock_that_goes_back_moves_nothing_back(settings: Settings) -> None:
    built(settings, QUARTER_PAST_ELEVEN)
    earlier = QUARTER_PAST_ELEVEN - timedelta(hours=2)
    assert usual_moment(settings, earlier) == QUARTER_PAST_ELEVEN
    with pytest.raises(TouchlineError, match=r"2026-07-01 11:15:00 UTC, which is later"):
        moment_of_now(settings, earlier)


def test_a_home_built_ahead_of_its_time_is_not_stuck_there(settings: Settings) -> None:
    built(settings, DAY + timedelta(days=300))
    today = usual_moment(settings, QUARTER_PAST_ELEVEN)
    assert today == DAY
    assert plan_run(settings, as_of=today, pending=0, destinations=[]).is_past
    with pytest.raises(TouchlineError, match="touchline build"):
        moment_of_now(settings, QUARTER_PAST_ELEVEN)
    # `touchline build` has brought it back
    built(settings, DAY)
    assert last_built_moment(settings) == DAY
    assert not plan_run(settings, as_of=today, pending=0, destinations=[]).is_past
    assert moment_of_now(settings, QUARTER_PAST_ELEVEN) == QUARTER_PAST_ELEVEN


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Europe/Berlin", "2026-07-01T21:59Z", "2026-07-01T11:15Z"),
        ("Europe/Berlin", "2026-07-01T22:00Z", "2026-07-01T22:00Z"),
        ("America/New_York", "2026-07-02T03:59Z", "2026-07-01T11:15Z"),
        ("Pacific/Auckland", "2026-07-01T12:30Z", "2026-07-01T12:00Z"),
    ],
)
def test_the_day_is_that_of_the_reporting_time_zone(
    tmp_path: Path, zone: str, now: str, expected: str
) -> None:
    settings = Settings(home=tmp_path, reporting_timezone=zone)
    settings.state.mkdir()
    built(settings, QUARTER_PAST_ELEVEN)
    assert usual_moment(settings, datetime.fromisoformat(now)) == datetime.fromisoformat(expected)


def test_a_user_may_say_now(settings: Settings) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= moment("now", settings) <= datetime.now(UTC)
    with pytest.raises(BadParameter, match="or now"):
        moment("soon", settings)
