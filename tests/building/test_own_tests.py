"""Data tests that are asked with their table: none is lost, and each tells what it found."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.building import build, read_manifest
from orchestration.lib.building.report import BuildReport, NodeResult
from orchestration.lib.home import open_home
from orchestration.lib.landing import ensure_raw_tables
from orchestration.lib.settings import Settings

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
MODEL = "rpt_rule_effects"
SEED = "channels"
MOMENT = "timestamp '2026-06-30'"
EFFECT = f"""
insert into raw_ops.rule_effects
select
    'run', 'stages', 'lead', 'fct_funnel', 'changed', 'name', {MOMENT}, {MOMENT}, 'before',
    {MOMENT}, '', 1, 1, 1, 0, 0, 1, 1, 1, 'amount', '1.00', '0.00'
from range({{times}})
"""


@pytest.fixture
def home(settings: Settings) -> Settings:
    """An empty home in which the model can be built."""
    with open_home(settings) as connection:
        ensure_raw_tables(connection)
    return settings


def test_every_test_of_a_table_is_told(home: Settings) -> None:
    report = _build(home, MODEL, SEED)
    of_tables = {f"model.touchline.{MODEL}", f"seed.touchline.{SEED}"}
    wanted = {
        name
        for name, node in read_manifest(home)["nodes"].items()
        if node["resource_type"] == "test" and set(node["depends_on"]["nodes"]) <= of_tables
    }
    told = {node.unique_id: node.status for node in report.nodes if node.kind == "test"}
    assert len(wanted) >= 4
    assert {name: told.get(name) for name in wanted} == dict.fromkeys(wanted, "pass")


def test_a_repeated_key_fails_its_test_and_nothing_else(home: Settings) -> None:
    _run(home, EFFECT.format(times=3))
    report = _build(home, MODEL)
    failed = _only(report.failures)
    assert failed.name.startswith(f"unique_key_{MODEL}"), failed.message
    assert (failed.status, failed.failures) == ("fail", 1)
    assert "run the compiled query" in failed.remedy
    statuses = {node.name: node.status for node in report.nodes if node is not failed}
    assert statuses.pop(MODEL) == "success"
    assert set(statuses.values()) == {"pass", "success"}
    assert _run(home, Path(failed.place).read_text())[0][-1] == 3


def test_a_repeated_rule_sends_to_its_file(home: Settings) -> None:
    shipped = (Path("seeds/rules") / f"{SEED}.csv").read_text().splitlines()
    (home.rules / f"{SEED}.csv").write_text("\n".join([shipped[0], shipped[1], shipped[1]]))
    failed = _only(_build(home, SEED).failures)
    assert f"<home>/rules/{SEED}.csv" in failed.remedy


def test_a_test_asked_for_alone_is_a_node_of_its_own(home: Settings) -> None:
    report = _build(home, MODEL)
    test = next(node.name for node in report.nodes if node.kind == "test")
    alone = _build(home, test)
    asked = _only([node for node in alone.nodes if node.kind == "test"])
    assert (asked.name, asked.status) == (test, "pass")
    assert asked.seconds > 0


def test_without_data_tests_nothing_is_asked(home: Settings) -> None:
    _run(home, EFFECT.format(times=3))
    report = build(home, as_of=AS_OF, select=[MODEL], data_tests=False)
    assert {node.kind for node in report.nodes} <= {"model", "operation"}
    assert not report.failures


def _build(home: Settings, *names: str) -> BuildReport:
    return build(home, as_of=AS_OF, select=names)


def _run(home: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(f"attach if not exists '{home.marts_build}' as marts_build")
        return connection.execute(query).fetchall()


def _only(nodes: object) -> NodeResult:
    (node,) = nodes
    return node
