"""Data Docs: stored outcomes of raw checks become pages that need no network."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.data_docs import write_data_docs
from orchestration.lib.errors import TouchlineError
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home

NASTY = "<script>alert(1)</script>"
HEADER = "opportunity_id,created_at,currency\n"


def test_pages_tell_what_failed_and_what_to_do(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with landing_home(settings) as home:
        bad = "".join(f"{n},2026-01-01,{NASTY}\n" for n in range(200))
        home.land("files/opportunities/bad.csv", HEADER + bad)
        good = "".join(f"{n},2026-01-01,EUR\n" for n in range(200))
        home.land("files/opportunities/good.csv", HEADER + good)
    monkeypatch.setenv("TOUCHLINE_HOME", str(settings.home))
    outcome = CliRunner().invoke(app, ["check", "--data-docs", "--json"])
    index = settings.data_docs / "index.html"
    assert json.loads(outcome.stdout)["data docs"] == str(index)
    pages = {page.name: page.read_text() for page in settings.data_docs.iterdir()}
    assert set(pages) == {"index.html", "000000000001.html", "000000000002.html"}
    assert "an unknown currency is never converted" in pages["index.html"]
    assert "export codes as EUR" in pages["000000000001.html"]
    assert "values must match this regular expression" in pages["000000000002.html"]
    for page in pages.values():
        assert "<script" not in page
        assert not re.search(r'(?:src|href)="[a-z]+:', page)
    assert index.stat().st_mode & 0o777 == 0o640


def test_without_a_judged_batch_it_is_said_what_to_do(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.ingest()
        with pytest.raises(TouchlineError) as caught:
            write_data_docs(home.connection, settings.data_docs)
    assert caught.value.remedy == "land files first: `touchline ingest`"
