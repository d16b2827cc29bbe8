"""`touchline docs`: one file with dbt's pages, the marts' pages and where columns begin."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.documenting import mart_pages
from tests.homes import Home

pytestmark = pytest.mark.slow


@pytest.fixture
def runner(built_home: Home, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner on the shared built home."""
    monkeypatch.setenv("TOUCHLINE_HOME", str(built_home.settings.home))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def test_docs_are_one_file_that_tells_questions_and_origins(runner: CliRunner) -> None:
    result = runner.invoke(app, ["docs", "--json"])
    assert result.exit_code == 0, result.output
    html = Path(json.loads(result.stdout)["path"]).read_text(encoding="utf-8")
    assert len(html) > 1_000_000
    assert all(json.dumps(page.question)[1:-1] in html for page in mart_pages())
    assert "Which mart answers what?" in html
    assert "`raw_files.opportunities.amount`" in html
    assert loaded_from_elsewhere(html) == []


def test_a_column_is_explained_down_to_raw_columns(runner: CliRunner) -> None:
    result = runner.invoke(app, ["explain", "column", "marts.fct_journeys.amount"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("marts.fct_journeys.amount\n└ ")
    assert "raw columns" in result.output
    assert "raw_files.orders.total" in result.output


@pytest.mark.parametrize("name", ["fct_nothing.amount", "marts.fct_journeys.nothing", "amount"])
def test_an_unknown_column_says_what_there_is(runner: CliRunner, name: str) -> None:
    result = runner.invoke(app, ["explain", "column", name])
    assert result.exit_code == 1
    assert all(word in result.stderr for word in ("Error", "where", "next"))


def loaded_from_elsewhere(html: str) -> list[str]:
    """Scripts and styles that a page would fetch from another place."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            place = named.get("src") if tag == "script" else named.get("href")
            if tag in ("script", "link") and place and place.startswith(("http", "//")):
                found.append(place)

    Reader().feed(html)
    return found
