"""Every published column leads back to raw columns, rule columns or constants."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.lib.lineage import Lineage, Origin, leaves, trace
from orchestration.lib.lineage.tracing import Step

pytestmark = pytest.mark.slow


def columns(public: list[dict[str, Any]]) -> list[Origin]:
    return [
        Origin(f"{node['schema']}.{node['name']}", name)
        for node in public
        for name in node["columns"]
    ]


def test_every_published_column_begins_somewhere(
    lineage: Lineage, public: list[dict[str, Any]]
) -> None:
    begins = {origin: leaves(lineage, origin) for origin in columns(public)}
    assert len(begins) > 300
    wrong = [
        f"{origin.table}.{origin.column} ends at {[step.name for step in steps]}"
        for origin, steps in begins.items()
        if not steps or any(step.kind == "model" for step in steps)
    ]
    assert wrong == []
    empty = {
        f"{origin.table}.{origin.column}"
        for origin, steps in begins.items()
        if all(step.origin.is_null for step in steps)
    }
    assert sorted(empty) == [], "fill it"


def test_the_columns_of_a_mart_are_those_it_declares(
    lineage: Lineage, public: list[dict[str, Any]]
) -> None:
    for node in public:
        read = lineage.relation(f"{node['schema']}.{node['name']}").columns
        assert sorted(read) == sorted(node["columns"]), node["name"]


def test_a_raw_table_is_one_that_is_declared(lineage: Lineage) -> None:
    named = {
        each.table
        for table in lineage.models
        for origins in lineage.relation(table).columns.values()
        for each in origins
        if each.table
    }
    assert named - set(lineage.models) - set(lineage.seeds) <= lineage.raw


def test_the_amount_of_a_journey_leads_to_deals_orders_and_rates(lineage: Lineage) -> None:
    origin = lineage.find("fct_journeys.amount")
    names = {step.name for step in leaves(lineage, origin)}
    assert {
        "raw_files.opportunities.amount",
        "raw_files.orders.total",
        "reference.exchange_rates.rate_to_reporting",
    } <= names
    followed = flat(trace(lineage, origin))
    assert names <= {step.name for step in followed}
    once = [step.name for step in followed if step.steps]
    assert len(once) == len(set(once)), "a column is followed once"


def flat(step: Step) -> list[Step]:
    """A step and all below it."""
    return [step, *(each for below in step.steps for each in flat(below))]
