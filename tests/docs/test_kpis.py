"""The dictionary of KPIs names every KPI, every measure and every rate, and is current."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.docs.kpis import (
    PAGE,
    SOURCE,
    columns,
    described_by,
    follow_measures,
    kpi_page,
    public_models,
    quotients,
    rule_rows,
)
from tests.homes import Home

TOLD = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
NAME = re.compile(r"[a-z]+(_[a-z]+)+")


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == kpi_page(), "run: python -m tests.docs.kpis"


def test_the_page_names_every_kpi_and_every_rate() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rates = [f"{model['name']}.{rate}" for model in public_models() for rate in quotients(model)]
    assert len(rates) > 40
    names = [*(row["kpi_id"] for row in rule_rows("kpi_definitions")), *rates]
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_what_is_told_of_quotients_exists() -> None:
    """Each is a column of a public mart; what looks like a column's name is one of that mart."""
    marts = {model["name"]: columns(model) for model in public_models()}
    wrong = []
    for key, entry in TOLD["quotients"].items():
        mart, _, column = key.partition(".")
        named = {found[0] for text in entry.values() for found in NAME.finditer(text)}
        wrong += [(key, name) for name in {column, *named} if name not in marts[mart]]
    assert wrong == []


@pytest.mark.slow
def test_every_measure_is_described(built_home: Home) -> None:
    with built_home.warehouse() as warehouse:
        rows: list[Any] = warehouse.execute(
            "select distinct measure_id from kpis.int_measures_listed"
        ).fetchall()
    measures = TOLD["measures"] | follow_measures()
    assert len(rows) > 300
    assert [name for (name,) in rows if not described_by(name, measures)] == []
