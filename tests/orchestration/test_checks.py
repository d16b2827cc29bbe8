"""Every check says how severe it is and what to do, also to whoever reads it on the terminal."""

from __future__ import annotations

import dagster as dg
import pytest

from orchestration.cli.output import tell_error
from orchestration.lib.building import read_manifest
from orchestration.lib.building.remedies import SEE, advice_of
from orchestration.lib.building.report import BuildError, BuildReport, NodeResult
from orchestration.lib.settings import load_settings

TELLING = 30


def test_every_check_has_a_severity_and_a_remedy(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    specs = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert specs
    wrong = [
        spec.key.to_user_string()
        for spec in specs
        if spec.metadata.get("severity") not in ("error", "warn")
        or len(spec.metadata.get("remedy", "")) < TELLING
        or spec.metadata["remedy"] not in (spec.description or "")
    ]
    assert wrong == []


def test_every_dbt_test_is_a_check_with_advice_of_its_own(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    checked = {
        graph.get_check_spec(key).metadata.get("dagster_dbt/unique_id")
        for key in graph.asset_check_keys
    }
    tests = {
        name: node
        for name, node in read_manifest(load_settings())["nodes"].items()
        if node["resource_type"] == "test"
    }
    assert sorted(set(tests) - checked) == []
    unadvised = [name for name, node in tests.items() if advice_of(node).do == SEE]
    assert unadvised == [], "begin a test with `-- what it finds` and `-- do: what to do`"


def test_a_test_of_a_rule_table_sends_to_its_row() -> None:
    tests = read_manifest(load_settings())["nodes"].values()
    of_rules = [
        advice_of(node).do
        for node in tests
        if node["resource_type"] == "test"
        and node.get("attached_node") == "seed.touchline.channels"
    ]
    assert of_rules
    assert all("<home>/rules/channels.csv" in do for do in of_rules)


def test_a_failed_build_prints_the_remedy_beside_each_failing_test(
    capsys: pytest.CaptureFixture[str],
) -> None:
    nodes = tuple(_failed(name, remedy=f"correct {name}") for name in ("first", "second"))
    report = BuildReport(nodes=nodes, seconds=1.0, full_refresh=False)
    with pytest.raises(BuildError) as raised:
        report.raise_for_failures()
    tell_error(raised.value)
    told = " ".join(capsys.readouterr().err.split())
    assert "test first failed: Got 2 results (1 more failed)" in told
    assert "next nothing was published; correct first" in told
    assert "also test second: Got 2 results; to do: correct second" in told


def _failed(name: str, *, remedy: str) -> NodeResult:
    return NodeResult(
        unique_id=f"test.touchline.{name}",
        name=name,
        kind="test",
        layer="marts",
        status="fail",
        message="Got 2 results",
        seconds=0.1,
        failures=2,
        place=f"tests/{name}.sql",
        remedy=remedy,
    )


def test_a_check_alone_selects_its_test_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, definitions: dg.Definitions
) -> None:
    from orchestration.defs.transformation import dbt_models

    asked: list[list[str]] = []

    def build(*_: object, select: list[str], **__: object) -> BuildReport:
        asked.append(select)
        return BuildReport(nodes=(), seconds=0.0, full_refresh=False)

    monkeypatch.setattr(dbt_models, "build_home", build)
    key = dg.AssetCheckKey(dg.AssetKey(["marts", "fct_attribution"]), "assert_credits_sum_to_one")
    job = definitions.resolve_implicit_global_asset_job_def().get_subset(
        asset_selection=set(), asset_check_selection={key}
    )
    with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as instance:
        job.execute_in_process(instance=instance, raise_on_error=False)
    assert asked == [["assert_credits_sum_to_one"]]
