"""`touchline quarantine`: why rows were set aside, and which."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home


@pytest.fixture(autouse=True)
def home_with_bad_rows(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with landing_home(settings) as home:
        home.land("files/contacts/c.csv", "contact_id,email\n,a@x.io\n[red],b@x.io\n1,c@x.io,?\n")
        home.land("files/tickets/t.csv", "ticket_id,subject\n1,[bold]\n")
    monkeypatch.setenv("TOUCHLINE_HOME", str(settings.home))


def told(*words: str) -> str:
    """What a command prints; it must end well."""
    outcome = CliRunner().invoke(app, ["quarantine", *words])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_reasons_are_listed_with_their_rows() -> None:
    rows = json.loads(told("list", "--json"))
    assert {(row["table"], row["column"], row["reason"], row["rows"]) for row in rows} == {
        ("files/contacts", "contact_id", "required value is missing", 1),
        ("files/contacts", None, "not a row of 2 columns", 1),
        ("files/tickets", None, "required column is missing: created_at", 1),
    }
    assert "required column is missing: created_at" in told("list")


def test_rows_are_shown_as_they_came() -> None:
    shown = told("show", "files/contacts")
    assert "files/contacts/c.csv, line 2  contact_id: required value is missing" in shown
    assert "1,c@x.io,?" in shown
    assert '"subject":"[bold]"' in told("show", "files/tickets/t.csv")
    assert len(json.loads(told("show", "files", "--limit", "2", "--json"))) == 2
    assert "nothing of files/leads was set aside" in told("show", "files/leads")
