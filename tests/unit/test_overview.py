"""The overview: every question is answered or said to be empty, and nothing on it is markup."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from orchestration.lib.explain.reading import as_rows
from orchestration.lib.pictures.overview.drawing import page_of
from orchestration.lib.pictures.overview.panels import panels_of
from orchestration.lib.pictures.overview.questions import QUESTIONS
from tests.homes import Home

Answers = dict[str, list[dict[str, Any]]]
NOTHING: Answers = {name: [] for name in QUESTIONS} | {"version": [{"currency": "EUR"}]}


def drawing(name: str, *rows: dict[str, Any]) -> str:
    """The drawing of the panel that has these rows and no other panel any."""
    found = [panel.drawing for panel in panels_of(NOTHING | {name: list(rows)})]
    assert sum(bool(one) for one in found) == 1
    return "".join(found)


def widths(svg: str, shade: str) -> list[float]:
    return [float(width) for width in re.findall(rf'width="([\d.]+)"[^>]*class="bar {shade}"', svg)]


def test_without_rows_each_panel_says_so() -> None:
    panels = panels_of(NOTHING)
    assert len(panels) == 6
    assert all(panel.when_empty and not panel.drawing for panel in panels)


def test_a_funnel_bar_is_as_long_as_its_share() -> None:
    stay = {"from_stage": "a", "to_stage": "b", "median_days": None}
    svg = drawing(
        "funnel",
        stay | {"entered": 100, "converted": 50, "waiting": 25},
        stay | {"entered": 0, "converted": 0, "waiting": 0},
    )
    moved, none = widths(svg, "strong")
    assert moved == 2 * widths(svg, "weak")[0] == 2 * widths(svg, "lost")[0]
    assert none < 1
    assert "50% of 100" in svg
    assert "none of 0" in svg


def test_names_from_data_are_text_and_never_markup() -> None:
    row = {"where_found": "owner <b>O'Hara & Co</b>", "what": "x" * 200, "n": 9, "next_action": "-"}
    shares = {"rate": Decimal("0.5"), "rate_low": Decimal("0.2"), "rate_high": Decimal("0.8")}
    svg = drawing("pains", row | shares | {"base_rate": None})
    assert "<b>" not in svg
    assert "O&#x27;Hara &amp; Co" in svg
    assert "others unknown" in svg


def test_a_target_is_a_tick_and_an_unknown_one_is_none() -> None:
    month = {"period": "2026-07", "won_amount": Decimal(10), "expected_amount": None}
    assert "tick" in drawing("forecast", month | {"target": Decimal(20)})
    assert "tick" not in drawing("forecast", month | {"target": None})


def test_a_built_home_fills_the_page(built_home: Home) -> None:
    with built_home.marts() as marts:
        answers = {name: as_rows(marts.execute(query)) for name, query in QUESTIONS.items()}
        (accounts,) = marts.execute("select count(*) from marts.dim_accounts").fetchone()
    counts = {"accounts": accounts, "persons": 1, "touchpoints": 1}
    page = page_of(answers | {"version": [counts | {"currency": "EUR", "as_of": built_home.as_of}]})
    assert page.count("<section>") == 6
    assert page.count("<svg") >= 4
    assert f"{accounts:,} accounts" in page
    assert not re.findall(r"https?:|src=|@import|url\(|@[a-z]+-demo", page)
