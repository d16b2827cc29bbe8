"""What is asked for again is open until a build has ended well, and makes a run do something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.asked_again import ACCOUNT, DAYS, TABLE, ask_again, open_requests
from orchestration.lib.home import open_home
from orchestration.lib.revoking import chosen_batches, revoke
from orchestration.lib.running.records import BUILD_FINISHED, record_step
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home
from tests.unit.published_journeys import published_home


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner with a published home."""
    settings = published_home(tmp_path / "home")
    monkeypatch.setenv("TOUCHLINE_HOME", str(settings.home))
    return CliRunner()


def test_a_request_is_open_until_a_build_ended(settings: Settings) -> None:
    with open_home(settings) as connection:
        assert open_requests(connection, settings) == []
        ask_again(connection, TABLE, ["files/orders"], reason="why not")
        (request,) = open_requests(connection, settings)
        assert (request["kind"], request["key"]) == (TABLE, "files/orders")
        record_step(settings, BUILD_FINISHED, as_of="2026-07-01T00:00:00+00:00")
        assert open_requests(connection, settings) == []


def test_a_revoked_file_is_a_request(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.land("files/accounts/a.csv", "account_id\n1\n")
        batches = chosen_batches(home.connection, ["1"], statuses=("loaded",))
        revoke(home.connection, settings, batches, reason="wrong")
        assert [one["kind"] for one in open_requests(home.connection, settings)] == ["revoked"]


def test_the_command_asks_by_days_table_and_account(runner: CliRunner) -> None:
    words = ["--from", "2026-05-01", "--to", "2026-05-31", "--table", "files/orders"]
    words += ["--account", "a1", "--ask-only", "--json"]
    told = runner.invoke(app, ["backfill", *words])
    assert json.loads(told.stdout) == {
        DAYS: ["2026-05-01/2026-05-31"],
        TABLE: ["files/orders"],
        ACCOUNT: ["a1"],
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["--from", "soon"], 2),
        (["--from", "2026-05-02", "--to", "2026-05-01"], 2),
        (["--system", "nobody"], 1),
        (["--table", "files/nothing"], 1),
        (["--account", "a2"], 1),
    ],
)
def test_what_cannot_be_asked_is_told(runner: CliRunner, words: list[str], code: int) -> None:
    told = runner.invoke(app, ["backfill", *words, "--ask-only"])
    assert told.exit_code == code
    assert "Traceback" not in told.output
