"""What a source promises is a row; Dagster and the report on freshness go by the same one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.raw_checks import declared_table, declared_tables
from orchestration.lib.rules.freshness import active_promises
from orchestration.lib.settings import Settings, load_settings

HEADER = "promise_id,source_system,source_table,promise_hours,alarm_hours,is_active,rule_version\n"


def test_every_declared_table_has_a_promise(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    for spec in declared_tables():
        node = graph.get(dg.AssetKey(["landing", spec.system, spec.table]))
        assert node.freshness_policy is not None, spec.name
        assert node.metadata["promise"]


def test_an_alarm_is_never_earlier_than_the_promise(empty_home: Path) -> None:
    wrong = [one for one in active_promises(load_settings()) if one.late_after > one.broken_after]
    assert wrong == []


@pytest.mark.parametrize(
    ("rows", "hours"),
    [
        ("", 48),
        ("mine,,orders,5,10,true,1\n", 5),
        ("mine,files,orders,6,10,true,1\norders,,orders,5,10,true,1\n", 6),
        ("mine,files,,7,10,true,1\n", 48),
        ("orders,,orders,5,10,false,1\n", 168),
        ("mine,,orders,5,,true,1\n", 5),
    ],
    ids=["shipped", "own", "of a system", "a table before a system", "off", "no alarm"],
)
def test_the_most_particular_promise_holds(settings: Settings, rows: str, hours: int) -> None:
    from orchestration.defs.ingestion.feeds import feed

    if rows:
        path = settings.rules / "freshness_promises.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
    spec = declared_table("files", "orders")
    assert spec is not None
    held = next(one for one in active_promises(settings) if one.holds_for("files", "orders"))
    assert held.late_after == timedelta(hours=hours)
    assert feed(spec, active_promises(settings)).freshness_policy is not None


def test_a_promise_that_is_no_number_names_its_row(settings: Settings) -> None:
    path = settings.rules / "freshness_promises.csv"
    path.write_text(f"{HEADER}mine,,orders,soon,10,true,1\n", encoding="utf-8")
    with pytest.raises(TouchlineError, match=r"freshness_promises.csv, line 2"):
        active_promises(settings)
