"""Plans: nothing when all is done, all when rules changed, the past in a place of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from orchestration.lib.running import Plan, plan_run
from orchestration.lib.running import record_step as record
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED, EXPORTED, PUBLISHED
from orchestration.lib.settings import Settings

TODAY = datetime(2026, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def plan(settings: Settings, *, as_of: datetime = TODAY, pending: int = 0, **asked: bool) -> Plan:
    """The plan of a home with one destination."""
    return plan_run(settings, as_of=as_of, pending=pending, destinations=["tool"], **asked)


@pytest.fixture
def done(settings: Settings) -> Settings:
    """A home in which everything was done as of today."""
    settings.published.mkdir(parents=True)
    settings.current.touch()
    facts = {"as_of": TODAY.isoformat(), "parts": dict(plan(settings).parts)}
    record(settings, BUILD_STARTED, **facts)
    record(settings, BUILD_FINISHED, **facts)
    record(settings, PUBLISHED, run_id="1")
    record(settings, EXPORTED, run_id="1", destination="tool")
    return settings


def test_the_first_run_builds_everything(settings: Settings) -> None:
    assert (plan(settings).full_refresh, plan(settings).nothing_new) == (True, False)


def test_nothing_new_starts_nothing(done: Settings) -> None:
    assert plan(done).nothing_new


@pytest.mark.parametrize("asked", [{"pending": 1}, {"as_of": TODAY + DAY}])
def test_new_files_and_a_new_day_build_what_is_new(done: Settings, asked: dict) -> None:
    found = plan(done, **asked)
    assert (found.nothing_new, found.full_refresh) == (False, False)


def test_a_changed_rule_rebuilds_everything(done: Settings) -> None:
    (done.rules / "stage_rules.csv").write_text("rule_id\n", encoding="utf-8")
    found = plan(done)
    assert found.full_refresh
    assert found.reason == "everything is rebuilt: rules changed"


def test_a_rule_tried_in_a_failed_build_and_taken_back_rebuilds_everything(done: Settings) -> None:
    tried = dict(plan(done).parts) | {"rules": "other"}
    record(done, BUILD_STARTED, as_of=TODAY.isoformat(), parts=tried)
    assert plan(done).full_refresh


@pytest.mark.parametrize("missing", [BUILD_FINISHED, PUBLISHED, EXPORTED])
def test_a_run_that_did_not_finish_is_finished(done: Settings, missing: str) -> None:
    facts = {"as_of": TODAY.isoformat(), "parts": dict(plan(done).parts), "destination": "tool"}
    for step in (BUILD_STARTED, BUILD_FINISHED, PUBLISHED, EXPORTED):
        if step == missing:
            break
        record(done, step, **facts)
    assert not plan(done).nothing_new
    assert not plan(done).full_refresh


def test_an_earlier_day_is_a_day_of_the_past(done: Settings) -> None:
    found = plan(done, as_of=TODAY - DAY)
    assert (found.is_past, found.full_refresh, found.nothing_new) == (True, True, False)
