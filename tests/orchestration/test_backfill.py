"""A backfill of days in Dagster asks for them once, as one span."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.home import Home
from orchestration.defs.ingestion.asked_again import backfill_days
from orchestration.defs.ingestion.sensors import landing_files
from orchestration.lib.asked_again import open_requests
from orchestration.lib.home import open_home
from orchestration.lib.settings import load_settings

RANGE = {
    "dagster/asset_partition_range_start": "2026-05-01",
    "dagster/asset_partition_range_end": "2026-05-31",
}


def test_days_are_asked_for_and_start_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHLINE_HOME", str(tmp_path))
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [backfill_days], instance=instance, resources={"home": Home()}, tags=RANGE
        )
        assert result.success
        with open_home(load_settings()) as connection:
            keys = [one["key"] for one in open_requests(connection, load_settings())]
        assert keys == ["2026-05-01/2026-05-31"]
        context = dg.build_sensor_context(instance=instance)
        assert len(landing_files(context).run_requests) == 1
