"""While segments are urgent, what waits starts a run as of now, and so does time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.home import Home
from orchestration.defs.ingestion import sensors
from orchestration.lib.asked_again import SYSTEM, ask_again
from orchestration.lib.home import open_home, run_lock
from orchestration.lib.running.records import BUILD_FINISHED, record_step, steps_file
from orchestration.lib.settings import load_settings

NOBODY_URGENT = """segment_id,is_urgent,is_active
abandoned_cart,false,true
service_recovery,false,true
"""


@pytest.fixture
def clock(empty_home: Path) -> Iterator[datetime]:
    """Now; the home of these tests forgets its builds afterwards."""
    log = steps_file(load_settings())
    before = log.read_bytes() if log.exists() else b""
    yield datetime.now(UTC)
    log.write_bytes(before)


def asked(definitions: dg.Definitions, cursor: str | None = None) -> dg.SensorResult | str:
    """What the sensor says: a request, or why there is none."""
    with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as instance:
        context = dg.build_sensor_context(instance=instance, definitions=definitions, cursor=cursor)
        answer = sensors.landing_files(context)
    return answer if isinstance(answer, dg.SensorResult) else str(answer.skip_message)


def config(answer: dg.SensorResult | str) -> dict:
    """The configuration of the one run asked for."""
    assert isinstance(answer, dg.SensorResult), answer
    (request,) = answer.run_requests or []
    return dict(request.run_config)


def test_who_is_due_by_time_alone_starts_one_run_as_of_now(
    clock: datetime, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(clock - timedelta(hours=2))
    monkeypatch.setattr(sensors, "pending_files", lambda *given: [])
    monkeypatch.setattr(sensors, "due_by_time", lambda *given: 1)
    first = asked(definitions)
    assert config(first) == {"resources": {"home": {"config": {"as_of": "now"}}}}
    again = asked(definitions, cursor=first.cursor)
    assert again == "1 things wait, a run was asked for already"
    built(clock - timedelta(hours=1))
    assert isinstance(asked(definitions, cursor=first.cursor), dg.SensorResult)


def test_nothing_is_asked_for_while_a_run_has_the_home_or_now_is_too_early(
    clock: datetime, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensors, "due_by_time", lambda *given: 1)
    with run_lock(load_settings()):
        assert "another run is using this home" in str(asked(definitions))
    built(clock + timedelta(days=1))
    assert "a run cannot speak of now" in str(asked(definitions))


def test_without_urgent_segments_a_run_is_that_of_the_day(
    clock: datetime, empty_home: Path, definitions: dg.Definitions
) -> None:
    own = empty_home / "rules" / "segment_definitions.csv"
    own.write_text(NOBODY_URGENT, encoding="utf-8")
    with open_home(load_settings()) as connection:
        ask_again(connection, SYSTEM, ["files"], reason="a test")
    try:
        assert config(asked(definitions)) == {}
    finally:
        own.unlink()
        with open_home(load_settings()) as connection:
            connection.execute("delete from raw_ops.asked_again")


def test_an_ordinary_run_after_an_urgent_one_speaks_of_the_same_moment(clock: datetime) -> None:
    now = Home(as_of="now").moment
    assert clock.replace(microsecond=0) <= now <= datetime.now(UTC)
    built(now)
    assert Home().moment == now


def built(as_of: datetime) -> None:
    """A build as of a moment ends well."""
    record_step(load_settings(), BUILD_FINISHED, as_of=as_of.isoformat(), parts={})
