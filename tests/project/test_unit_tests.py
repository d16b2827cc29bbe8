"""The unit tests of the models pass: rules and rows given inline, rows expected."""

from __future__ import annotations

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.project import DEFAULT_TARGET, common_arguments
from tests.homes import Home


def test_every_unit_test_of_a_model_passes(built_home: Home) -> None:
    arguments = common_arguments(built_home.settings, as_of=built_home.as_of, target=DEFAULT_TARGET)
    command = ["test", "--select", "test_type:unit", *arguments]
    outcome = call_dbt(built_home.settings, command)
    verdicts = {
        result.node.name: str(result.status)
        for result in outcome.results
        if result.node.resource_type == "unit_test"
    }
    assert len(verdicts) > 150
    assert {name: status for name, status in verdicts.items() if status != "pass"} == {}
