"""Nothing public is undescribed, unkeyed, ungrouped or without a contract."""

from __future__ import annotations

from typing import Any

import pytest

from tests.project.conftest import Model

PUBLIC = ("marts", "activation", "observability")
CONTRACT_TYPES = ("string", "bigint", "timestamp", "double", "boolean", "date")


@pytest.fixture(scope="session")
def public(models: dict[str, Model]) -> list[Model]:
    return [model for model in models.values() if model.layer in PUBLIC]


def test_every_model_is_described_and_grouped(models: dict[str, Model]) -> None:
    wrong = [
        str(model.path)
        for model in models.values()
        if not model.node.description.strip() or not model.node.group
    ]
    assert wrong == [], "give it a description (first the grain) in its folder's _models.yml"


def test_what_is_read_by_people_says_its_grain_first(manifest: Any, public: list[Model]) -> None:
    seeds = [node for node in manifest.nodes.values() if node.resource_type == "seed"]
    wrong = [
        f"{node.name}: {node.description}"
        for node in [*seeds, *(model.node for model in public)]
        if not node.description.strip().startswith("One row per ")
    ]
    assert wrong == [], "the first sentence of the description is the grain: One row per …"


def test_every_file_begins_with_its_grain(models: dict[str, Model]) -> None:
    wrong = [
        str(model.path)
        for model in models.values()
        if not model.sql.lstrip().startswith(("-- one row per ", "{#"))
    ]
    assert wrong == [], "the first line says the grain: -- one row per …"


def test_every_public_column_is_described(public: list[Model]) -> None:
    wrong = [
        f"{model.name}.{column.name}"
        for model in public
        for column in model.node.columns.values()
        if len(column.description.strip()) < 10
    ]
    assert wrong == [], "say the meaning, the unit and what null means"


def test_public_models_have_contracts_in_portable_types(public: list[Model]) -> None:
    assert [model.name for model in public if not model.node.contract.enforced] == []
    wrong = [
        f"{model.name}.{column.name}: {column.data_type}"
        for model in public
        for column in model.node.columns.values()
        if column.data_type not in CONTRACT_TYPES
        and not (column.data_type or "").startswith("decimal(")
    ]
    assert wrong == [], f"contract types are {CONTRACT_TYPES} and decimal(p, s)"


def test_public_models_have_a_tested_key(manifest: Any, public: list[Model]) -> None:
    tests = {
        (test.attached_node, test.test_metadata.name)
        for test in manifest.nodes.values()
        if test.resource_type == "test" and getattr(test, "test_metadata", None)
    }
    wrong = [
        model.name
        for model in public
        if not {(model.node.unique_id, "unique"), (model.node.unique_id, "unique_key")} & tests
    ]
    assert wrong == [], "add unique and not_null on the key, or unique_key with its columns"


def test_every_model_that_matches_rules_has_a_unit_test(
    manifest: Any, models: dict[str, Model]
) -> None:
    tested = {test.model for test in manifest.unit_tests.values()}
    wrong = [
        str(model.path)
        for model in models.values()
        if ("match_attribute_rules" in model.sql or "match_signal_rules" in model.sql)
        and model.name not in tested
    ]
    assert wrong == [], "write a unit test with the rules given inline"
