"""The command: help with examples, exit codes, errors without traces, nothing heavy when idle."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.home import prepare_home, run_lock
from orchestration.lib.running import plan_run
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED, EXPORTED, PUBLISHED
from orchestration.lib.running.records import record_step as record
from orchestration.lib.running.steps import destinations
from orchestration.lib.settings import Settings, default_as_of
from tests.unit.published_journeys import RUN_ID, published_home

COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]
HEAVY = ("dagster", "dbt.cli", "great_expectations", "pandas")


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner whose home is empty."""
    monkeypatch.setenv("TOUCHLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(runner: CliRunner, command: str) -> None:
    result = runner.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"touchline {command}" in result.output.split("Example:")[1]


def test_help_is_broken_by_the_width_of_the_page_alone(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = runner.invoke(app, ["backfill", "--help"]).output.splitlines()
    first = next(place for place, line in enumerate(lines) if "For accounts their" in line)
    words = [line.split() for line in lines[first : first + 4]]
    # the first word of a line would not have had room on the line before
    for line, following in pairwise(words):
        assert len(" ".join(line)) + 1 + len(following[0]) > 78


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["run", "--as-of", "soon"],
        ["explain", "me"],
        ["explain", "account", "x", "--person", "y"],
        ["explain", "segment", "x", "--between", "a", "b"],
        ["backfill", "--from", "9999-01-01"],
    ],
)
def test_wrong_use_is_exit_code_2(runner: CliRunner, words: list[str]) -> None:
    assert runner.invoke(app, words).exit_code == 2


@pytest.mark.parametrize(
    "words", [["publish"], ["explain", "account", "x"], ["picture"], ["overview"]]
)
def test_errors_say_what_where_and_what_next(runner: CliRunner, words: list[str]) -> None:
    result = runner.invoke(app, words)
    assert result.exit_code == 1
    assert all(word in result.stderr for word in ("Error", "where", "next"))
    assert "Traceback" not in result.output


def test_an_unforeseen_error_leaves_its_trace_in_a_file(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(settings: Settings) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("orchestration.lib.status.status_of", broken)
    result = runner.invoke(app, ["status"])
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    place = next(line for line in result.stderr.splitlines() if line.startswith("where"))
    assert "nobody thought of this" in Path(place.split()[-1]).read_text(encoding="utf-8")


def test_what_a_disk_refuses_is_told_by_its_place(runner: CliRunner, tmp_path: Path) -> None:
    published_home(tmp_path / "home")
    result = runner.invoke(app, ["picture", "--output", str(tmp_path)])
    assert result.exit_code == 1
    assert "the disk refuses: Is a directory" in result.stderr
    assert f"where  {tmp_path}\n" in result.stderr


def test_a_full_disk_is_told_whoever_met_it(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(settings: Settings) -> None:
        raise duckdb.TransactionException('Could not write file "x.wal": No space left on device')

    monkeypatch.setattr("orchestration.lib.status.status_of", full)
    told = runner.invoke(app, ["status"]).stderr
    assert "the disk refuses: No space left on device" in told
    assert "make room" in told


def test_a_home_that_cannot_be_written_is_told_before_its_notes(
    runner: CliRunner, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("a file, no folder", encoding="utf-8")
    result = runner.invoke(app, ["run"])
    assert result.exit_code == 1
    assert "the home cannot be written: File exists" in result.stderr


@pytest.mark.parametrize("words", [["access", "x@y.test"], ["erase", "x@y.test", "--reason", "r"]])
def test_nobody_is_looked_for_where_no_home_is(runner: CliRunner, words: list[str]) -> None:
    result = runner.invoke(app, words)
    assert result.exit_code == 1
    assert "there is no home here" in result.stderr


def test_an_erasure_asks_before_it_begins(runner: CliRunner, tmp_path: Path) -> None:
    prepare_home(Settings(home=tmp_path / "home"))
    result = runner.invoke(app, ["erase", "nobody@x.test", "--reason", "request 17"], input="n\n")
    assert "nothing is known of this person" in result.output
    assert "Erase this person?" in result.output
    assert result.exit_code == 1


def test_a_reader_that_went_away_is_no_error(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def piped(settings: Settings) -> None:
        raise BrokenPipeError(errno.EPIPE, "`touchline status | head -1` has seen enough")

    monkeypatch.setattr("orchestration.lib.status.status_of", piped)
    result = runner.invoke(app, ["status"])
    assert (result.exit_code, result.output, result.stderr) == (1, "", "")


def test_status_and_explain_speak_json(runner: CliRunner, tmp_path: Path) -> None:
    published_home(tmp_path / "home")
    explained = runner.invoke(app, ["explain", "account", "a1", "--json"])
    assert json.loads(explained.output)["summary"]["domain"] == "bright-demo.com"
    assert json.loads(runner.invoke(app, ["status", "--json"]).output)["runs are"] == "none yet"


def test_status_tells_a_home_that_is_not_there_from_one_with_a_run(
    runner: CliRunner, tmp_path: Path
) -> None:
    def told(name: str) -> str:
        return json.loads(runner.invoke(app, ["status", "--json"]).output)[name]

    assert told("published").startswith("no home here: set TOUCHLINE_HOME")
    assert told("runs are") == "none yet"
    settings = Settings(home=tmp_path / "home")
    prepare_home(settings)
    assert told("published") == "nothing yet: run `touchline run`"
    with run_lock(settings):
        assert told("under way") == f"a run, process {os.getpid()}"
    assert told("under way") == "nothing"


def test_a_demo_never_lands_among_real_data(runner: CliRunner, tmp_path: Path) -> None:
    real = tmp_path / "home" / "landing" / "files" / "accounts" / "export.csv"
    real.parent.mkdir(parents=True)
    real.write_text("account_id\na1\n", encoding="utf-8")
    result = runner.invoke(app, ["demo"])
    assert result.exit_code == 1
    assert "no demo made" in result.stderr


def test_help_and_an_idle_run_start_nothing_heavy(tmp_path: Path) -> None:
    settings = finished_home(tmp_path / "home")
    script = (
        "import sys\nfrom orchestration.cli import app\n"
        f"try: app({{words}})\nexcept SystemExit as end: assert end.code == 0, end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    for words in (["--help"], ["run"]):
        told = subprocess.run(
            [sys.executable, "-c", script.replace("{words}", repr(words))],
            env={"TOUCHLINE_HOME": str(settings.home), "PATH": "", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.splitlines()[-1] == "[]", told.stdout
    assert "nothing new" in told.stdout


def finished_home(home: Path) -> Settings:
    """A home whose last run did everything there was to do, as of today."""
    settings = published_home(home)
    prepare_home(settings, say=lambda message: None)
    as_of = default_as_of(settings)
    plan = plan_run(settings, as_of=as_of, pending=0, destinations=[])
    facts = {"as_of": as_of.isoformat(), "parts": dict(plan.parts)}
    record(settings, BUILD_STARTED, **facts)
    record(settings, BUILD_FINISHED, **facts)
    record(settings, PUBLISHED, run_id=RUN_ID)
    for destination in destinations(settings):
        record(settings, EXPORTED, run_id=RUN_ID, destination=destination)
    return settings
