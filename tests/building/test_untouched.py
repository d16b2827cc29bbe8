"""What an increment leaves out: nothing that a change reaches, and no test that may warn."""

from __future__ import annotations

from types import SimpleNamespace as Part
from typing import Any

import pytest

from orchestration.lib.building import untouched
from orchestration.lib.building.own_tests import TAG as ASKED_WITH_ITS_TABLE
from orchestration.lib.settings import Settings

# orders -> staging -> revenue <- customers <- accounts, and what is built from the day alone
READS = {
    "source.orders": ["model.staged_orders"],
    "source.accounts": ["model.customers"],
    "model.staged_orders": ["model.revenue", "test.orders_are_paid"],
    "model.customers": ["model.revenue", "test.customers_have_names", "test.some_have_no_town"],
    "model.revenue": ["test.revenue_adds_up", "test.revenue_is_of_customers"],
    "test.revenue_is_of_customers": [],
}
MODELS = ("staged_orders", "customers", "revenue", "silent_customers")
WARNING = "some_have_no_town"


def _node(unique_id: str) -> Part:
    kind, name = unique_id.split(".")
    folder = "today" if name == "silent_customers" else "core"
    severity = "warn" if name == WARNING else "ERROR"
    return Part(
        unique_id=unique_id,
        resource_type=kind,
        name=name,
        alias=name,
        schema="main",
        fqn=["touchline", "intermediate", folder, name],
        config=Part(severity=severity, meta={"kept_by": "town"} if name == "customers" else {}),
        original_file_path=f"{name}.sql",
        depends_on=Part(nodes=[parent for parent, read in READS.items() if unique_id in read]),
        tags=[ASKED_WITH_ITS_TABLE] if name == "orders_are_paid" else [],
    )


def _manifest() -> Part:
    tests = {child for children in READS.values() for child in children if "test." in child}
    ids = sorted(tests) + [f"model.{name}" for name in MODELS]
    return Part(nodes={name: _node(name) for name in ids}, child_map=READS)


def _left_out(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    *,
    changed: set[str],
    gone: str = "",
    asked: str = "",
) -> list[Any]:
    there = {("main", name) for name in MODELS if name != gone}
    monkeypatch.setattr(untouched, "changed_relations", lambda _: changed)
    monkeypatch.setattr(untouched, "existing_tables", lambda _: there)
    monkeypatch.setattr(untouched, "asked_kinds", lambda _: {asked})
    return untouched.mark_untouched(settings, _manifest())


@pytest.mark.parametrize(
    ("changed", "gone", "expected"),
    [
        (set(), "", {"staged_orders", "customers", "revenue"}),
        ({"source.orders"}, "", {"customers"}),
        ({"source.accounts"}, "", {"staged_orders"}),
        ({"model.revenue"}, "", {"staged_orders", "customers"}),
        (set(), "customers", {"staged_orders"}),
    ],
)
def test_models_that_a_change_reaches_are_asked(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    changed: set[str],
    gone: str,
    expected: set[str],
) -> None:
    """A table that is gone is built again with all that read it; what reads the clock always is."""
    left_out = _left_out(settings, monkeypatch, changed=changed, gone=gone)
    assert {node.name for node in left_out if node.resource_type == "model"} == expected
    assert all(untouched.TAG in node.tags for node in left_out)


def test_a_test_is_left_out_only_where_none_of_its_tables_changed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out = _left_out(settings, monkeypatch, changed={"source.orders"})
    assert {n.name for n in left_out if n.resource_type == "test"} == {"customers_have_names"}


def test_tables_kept_by_what_somebody_asked_for_are_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out = _left_out(settings, monkeypatch, changed=set(), asked="town")
    assert {n.name for n in left_out if n.resource_type == "model"} == {"staged_orders"}


def test_what_is_left_out_is_told_in_the_order_of_the_graph(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [node.unique_id for node in _left_out(settings, monkeypatch, changed=set())]
    for parent, children in READS.items():
        for child in children:
            if parent in told and child in told:
                assert told.index(parent) < told.index(child), (parent, child)


def test_what_was_not_asked_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unchanged tables and the tests asked with them stay in the report."""
    left_out = _left_out(settings, monkeypatch, changed={"source.accounts"})
    asked_with = {"model.staged_orders": [_node("test.orders_are_paid")]}
    told = list(untouched.told_unasked(left_out, asked_with, settings))
    ways = [(node.name, node.status, node.way) for node in told]
    assert ways == [("staged_orders", "success", "unchanged"), ("orders_are_paid", "pass", None)]
