"""The numbers of the README: what is built from a generated world agrees with its truth."""

from __future__ import annotations

from orchestration.lib.measuring import measure, world_of
from orchestration.lib.measuring.truth import add_truth
from tests.homes import Home


def test_the_goals_are_met(built_home: Home) -> None:
    with built_home.marts() as marts:
        add_truth(marts, built_home.settings.truth)
        rows = [entry.row() for entry in measure(marts)]
        world = world_of(marts)
    assert (world["seed"], world["accounts"]) == ("7", "60")
    assert [row for row in rows if not row["holds"]] == []
    assert [row["measure"] for row in rows if row["true"] < 100] == []
