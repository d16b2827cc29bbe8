"""Jobs in this process: raw batches are landed and judged, a bad file stops no other."""

from __future__ import annotations

import os
import time
from pathlib import Path

import dagster as dg
import pytest

from orchestration.lib.home import open_home
from orchestration.lib.settings import load_settings

GOOD = "account_id,name\na1,Brightfield\n"
BAD = "who,what\n1,2\n"


@pytest.fixture(scope="module")
def landed(empty_home: Path, definitions: dg.Definitions) -> dg.ExecuteInProcessResult:
    """The result of `ingest_all` on one good file and one without its required column."""
    _land(empty_home, "accounts", GOOD)
    _land(empty_home, "orders", BAD)
    return definitions.resolve_job_def("ingest_all").execute_in_process(
        instance=dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}})
    )


def test_good_files_are_landed(landed: dg.ExecuteInProcessResult) -> None:
    assert landed.success
    with open_home(load_settings()) as connection:
        rows = connection.execute("select account_id, name from raw_files.accounts").fetchall()
    assert rows == [("a1", "Brightfield")]


def test_a_rejected_file_is_an_error_that_stops_nothing(
    landed: dg.ExecuteInProcessResult,
) -> None:
    verdicts = {
        check.asset_key.to_user_string(): check for check in landed.get_asset_check_evaluations()
    }
    assert verdicts["files/accounts"].passed
    assert not verdicts["files/orders"].passed
    assert verdicts["files/orders"].severity == dg.AssetCheckSeverity.ERROR


def test_a_feed_is_materialised_only_when_a_file_came(
    landed: dg.ExecuteInProcessResult,
) -> None:
    events = landed.get_asset_materialization_events()
    keys = {event.materialization.asset_key.to_user_string() for event in events}
    assert {"files/leads", "files/accounts", "landing/files/accounts"} <= keys
    assert "landing/files/leads" not in keys


def test_the_sensor_asks_once_for_what_waits(
    landed: dg.ExecuteInProcessResult, empty_home: Path, definitions: dg.Definitions
) -> None:
    from orchestration.defs.ingestion.sensors import landing_files

    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, definitions=definitions)
        assert isinstance(landing_files(context), dg.SkipReason)
        _land(empty_home, "accounts", GOOD.replace("a1", "a2"), name="later.csv")
        asked = landing_files(context)
        assert isinstance(asked, dg.SensorResult)
        assert len(asked.run_requests or []) == 1
        again = dg.build_sensor_context(
            instance=instance, definitions=definitions, cursor=asked.cursor
        )
        assert isinstance(landing_files(again), dg.SkipReason)


def _land(home: Path, table: str, content: str, *, name: str = "export.csv") -> None:
    """Put a file into the landing folder, old enough to be read."""
    path = home / "landing" / "files" / table / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    before = time.time() - 60
    os.utime(path, (before, before))
