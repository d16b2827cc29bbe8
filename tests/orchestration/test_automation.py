"""What starts by itself, and what is tried again."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs import retries
from orchestration.lib.fingerprint import fingerprint
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED, record_step
from orchestration.lib.settings import load_settings

Answer = dg.SensorResult | dg.SkipReason
PRIVATE = {"telemetry": {"enabled": False}}


@pytest.fixture
def built(empty_home: Path, definitions: dg.Definitions) -> Path:
    """The empty home, as if it had been built with its rules of now."""
    facts = {"as_of": "2026-07-01T00:00:00+00:00", "parts": fingerprint(load_settings())}
    for step in (BUILD_STARTED, BUILD_FINISHED):
        record_step(load_settings(), step, full_refresh=True, **facts)
    return empty_home


def asked(
    definitions: dg.Definitions, cursor: str | None = None, *, under_way: bool = False
) -> Answer:
    """What the sensor on rules says now."""
    from orchestration.defs.automation import changed_rules

    with dg.DagsterInstance.ephemeral(settings=PRIVATE) as instance:
        if under_way:
            job = definitions.resolve_job_def("rebuild")
            instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        context = dg.build_sensor_context(instance=instance, definitions=definitions, cursor=cursor)
        return changed_rules(context)


def test_a_changed_rule_asks_for_one_build(built: Path, definitions: dg.Definitions) -> None:
    assert isinstance(asked(definitions), dg.SkipReason)
    rule = built / "rules" / "freshness_promises.csv"
    head = "promise_id,source_system,source_table,promise_hours,alarm_hours,is_active,rule_version"
    rule.write_text(f"{head},note\norders,,orders,5,10,true,2,\n", encoding="utf-8")
    first = asked(definitions)
    assert isinstance(first, dg.SensorResult)
    assert [request.tags["changed"] for request in first.run_requests or []] == ["rules"]
    assert isinstance(asked(definitions, cursor=first.cursor), dg.SkipReason)
    assert isinstance(asked(definitions, under_way=True), dg.SkipReason)
    rule.write_text(f"{head},note\norders,,orders,soon,10,true,2,\n", encoding="utf-8")
    broken = asked(definitions, cursor=first.cursor)
    assert isinstance(broken, dg.SkipReason)
    assert "freshness_promises" in str(broken.skip_message)
    rule.unlink()


def test_nothing_starts_by_itself_unless_told(definitions: dg.Definitions) -> None:
    telling = {"tell_of_failure", "tell_of_recovery", "tell_of_lateness"}
    running = {
        sensor.name
        for sensor in definitions.sensors or []
        if sensor.default_status == dg.DefaultSensorStatus.RUNNING
    }
    assert running == telling
    assert [one.default_status for one in definitions.schedules or []] == [
        dg.DefaultScheduleStatus.STOPPED
    ]


@pytest.mark.parametrize(("error", "tries"), [(OSError("gone"), 3), (ValueError("wrong"), 1)])
def test_only_what_cannot_be_reached_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int
) -> None:
    monkeypatch.setattr(retries, "SECONDS_BETWEEN", 0)
    made = []

    @dg.asset
    def fragile() -> None:
        made.append(1)
        with retries.again_when_unreachable():
            raise error

    with dg.DagsterInstance.ephemeral(settings=PRIVATE) as instance:
        outcome = dg.materialize([fragile], instance=instance, raise_on_error=False)
    assert not outcome.success
    assert len(made) == tries


def test_a_past_day_is_a_partition_and_no_part_of_the_daily_job(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    key = dg.AssetKey(["past", "marts_build"])
    partitions = graph.get(key).partitions_def
    assert isinstance(partitions, dg.DailyPartitionsDefinition)
    daily = definitions.resolve_job_def("daily").asset_layer.executable_asset_keys
    assert key not in daily
    assert {dg.AssetKey(["files", "orders"]), dg.AssetKey(["published", "current"])} <= set(daily)
    rebuilt = definitions.resolve_job_def("rebuild").asset_layer.executable_asset_keys
    assert dg.AssetKey(["files", "orders"]) not in rebuilt
