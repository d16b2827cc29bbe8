"""The daily job takes the steps of `touchline run`: after it everything is published and told."""

from __future__ import annotations

import dagster as dg
import pytest

from orchestration.lib.fingerprint import fingerprint
from orchestration.lib.publishing import published_file
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED, record_step
from tests.homes import Home, differing_tables

PRIVATE = {"telemetry": {"enabled": False}}


@pytest.fixture(scope="module")
def home(built_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the shared home, built as a run builds it."""
    home = built_home.copy_to(tmp_path_factory.mktemp("daily") / "home")
    facts = {"as_of": home.as_of.isoformat(), "parts": fingerprint(home.settings)}
    for step in (BUILD_STARTED, BUILD_FINISHED):
        record_step(home.settings, step, full_refresh=True, **facts)
    return home


def test_a_day_without_news_publishes_the_same_marts(
    home: Home, built_home: Home, definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHLINE_HOME", str(home.settings.home))
    with dg.DagsterInstance.ephemeral(settings=PRIVATE) as instance:
        result = definitions.resolve_job_def("daily").execute_in_process(
            instance=instance,
            run_config={"resources": {"home": {"config": {"as_of": home.as_of.isoformat()}}}},
        )
    assert result.success
    assert differing_tables(built_home, home) == {}
    assert published_file(home.settings).exists()
    told = {path.name for path in home.settings.outbox.iterdir()}
    assert {"email_tool", "owner_tasks"} <= told
    ways = _ways(result)
    assert ways["anew"] < ways["unchanged"]


def _ways(result: dg.ExecuteInProcessResult) -> dict[str, int]:
    """How many tables were left alone, mended and built anew."""
    ways: dict[str, int] = {}
    for event in result.get_asset_materialization_events():
        way = event.materialization.metadata.get("way")
        if way:
            ways[str(way.value)] = ways.get(str(way.value), 0) + 1
    return ways
