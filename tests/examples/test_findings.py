"""Findings on real data say what their rows say, and their rows are what the marts say."""

from __future__ import annotations

import re

import duckdb
import pytest

from orchestration.lib.settings import Settings
from tests.docs.pages import returned
from tests.examples.example_home import EXAMPLES
from tests.examples.findings import Finding, findings, marts_asked
from tests.examples.olist_home import OlistHome

FIGURE = re.compile(r"\*\*([\d.]+)\*\*")
REFRESH = "look at the difference and at the words, then: python -m tests.examples.findings HOME"


@pytest.mark.parametrize("found", findings(), ids=lambda found: found.title)
def test_a_finding_says_what_its_rows_say(found: Finding) -> None:
    """Its example exists, it asks a mart in one order, and each bold figure stands in its rows."""
    assert (EXAMPLES / found.example / "README.md").exists()
    assert marts_asked([found])
    assert "order by" in found.page.query
    rows = found.page.output.splitlines()[2:]
    cells = {cell.strip() for row in rows for cell in row.split("|")}
    figures = FIGURE.findall(found.words)
    assert figures
    assert [figure for figure in figures if figure not in cells] == []


def test_there_are_findings_and_refusals() -> None:
    titles = [found.title for found in findings()]
    assert len(titles) >= 15
    assert len([title for title in titles if title.startswith("Refused")]) >= 2


def differing(settings: Settings, example: str) -> list[str]:
    """Titles of the findings whose rows the marts no longer return."""
    with duckdb.connect(str(settings.marts_build), read_only=True) as marts:
        return [
            found.title
            for found in findings(example)
            if found.page.output != returned(found.page, marts)
        ]


@pytest.mark.slow
def test_findings_on_the_marketplace(real_olist: OlistHome) -> None:
    assert differing(real_olist.settings, "olist") == [], REFRESH


@pytest.mark.slow
def test_findings_on_the_shop(real_puffy: Settings) -> None:
    assert differing(real_puffy, "puffy") == [], REFRESH


@pytest.mark.slow
def test_findings_on_the_ad_paths(real_paths: Settings) -> None:
    assert differing(real_paths, "attribution_paths") == [], REFRESH
