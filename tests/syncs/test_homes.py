"""A home's own rules and versions, synced by command and by a run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from getpass import getuser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.destinations import rows
from orchestration.lib.destinations.contract import DestinationError, DestinationRow
from orchestration.lib.home import prepare_home
from orchestration.lib.notify import state_of
from orchestration.lib.publishing.versions import switch, version_path
from orchestration.lib.running.records import EXPORTED, steps
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.automatic import sync_destination
from tests.syncs.memory_tool import MemoryTool
from tests.syncs.small_homes import TOOL, Person, publish

HEADER = (
    "destination,kind,base_url,account,secret_name,batch_size,requests_per_second,"
    "timeout_seconds,canary_share,new_member_status,is_automatic,is_active,rule_version,note\n"
)
FIELDS = (
    "rule_id,destination,segment_id,field,attribute,is_active,rule_version,note\n"
    f"first,{TOOL},,FNAME,first_name,true,1,\n"
)
GUARDS = (
    "rule_id,guard,destination,threshold,min_count,severity,is_active,rule_version,note\n"
    "stale_version,stale_version,,9999999,0,stop,true,1,\n"
)


class World:
    """A home with a published version, and a tool that stays the same between commands."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings = settings
        self.tool = MemoryTool(row=DestinationRow(destination=TOOL, kind="webhook"))
        self.versions = 0
        prepare_home(settings, say=lambda message: None)
        (settings.rules / "destination_fields.csv").write_text(FIELDS)
        (settings.rules / "sync_guards.csv").write_text(GUARDS)
        self.name_tool(is_automatic=False)
        monkeypatch.setenv("TOUCHLINE_HOME", str(settings.home))
        monkeypatch.setattr(rows, "import_module", lambda name: self)

    def connect(self, row: DestinationRow, environment: object) -> MemoryTool:
        """As an adapter does."""
        self.tool.row = row
        return self.tool

    def name_tool(self, *, is_automatic: bool) -> None:
        """The row of the tool."""
        row = f"{TOOL},webhook,https://demo.example,,KEY,,,,,,{is_automatic},true,1,\n".lower()
        row = row.replace(",key,", ",KEY,")
        (self.settings.rules / "destinations.csv").write_text(HEADER + row)

    def publish(self, *people: Person) -> None:
        """A new current version."""
        self.versions += 1
        run_id = f"20260701T0000000{self.versions:05d}Z"
        publish(version_path(self.settings, run_id), people)
        switch(self.settings, run_id)

    def call(self, *arguments: str) -> tuple[int, list | dict]:
        """A command with --json: its exit code and what it printed."""
        result = CliRunner().invoke(app, ["sync", *arguments, "--json"])
        return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A home of two people, who are wanted in one segment."""
    found = World(Settings(home=tmp_path / "home"), monkeypatch)
    found.publish(Person(person_id="a"), Person(person_id="b"))
    return found


def test_plan_apply_verify_undo_history(world: World) -> None:
    code, planned = world.call("plan")
    (plan,) = planned["plans"]
    assert (code, plan["additions"], plan["stopped"]) == (0, 2, False)
    assert {json.loads(row["fields"])["FNAME"] for row in plan["sample"]} == {"Ana"}
    code, (outcome,) = world.call("apply")
    assert (code, outcome["status"], outcome["states"]) == (0, "applied", {"accepted": 2})
    assert world.call("verify")[0] == 0
    world.tool.segments["welcome"].popitem()
    code, (found,) = world.call("verify")
    assert (code, found["missing"]) == (1, 1)
    code, undo = world.call("undo", plan["plan_id"])
    assert (code, undo["removals"], undo["findings"][0]["guard"]) == (1, 2, "empty_segment")
    code, _ = world.call("apply", undo["plan_id"], "--override", "empty_segment", "--reason", "no")
    assert (code, world.tool.segments["welcome"]) == (0, {})
    code, plans = world.call("history", "--segment", "welcome")
    assert [(one["status"], one["states"]) for one in plans] == [
        ("applied", {"accepted": 2}),
        ("undone", {"accepted": 2}),
    ]
    assert plans[0]["override_reason"] == "no"


def told(*arguments: str) -> str:
    """What a command prints for people, in one line."""
    return " ".join(CliRunner().invoke(app, ["sync", *arguments]).stdout.split())


def test_who_trusts_a_tool_without_saying_so_sends_a_few_first(world: World) -> None:
    world.tool.faults = ["ignored"] * 3
    world.call("plan")
    code, (outcome,) = world.call("apply")
    assert (code, "canary" in outcome["error"]) == (1, True)
    world.tool.faults = []
    world.call("plan")
    assert world.call("apply")[0] == 0
    assert len(world.tool.segments["welcome"]) == 2


def test_verify_says_how_what_is_missing_comes_back(world: World) -> None:
    world.call("plan")
    world.call("apply")
    world.tool.segments["welcome"].popitem()
    world.tool.segments["welcome"]["stranger@else.example"] = {}
    said = told("verify")
    assert "1 in welcome were not put there by a sync" in said
    (again,) = re.findall(r"`touchline sync (plan [^`]+)`", said)
    world.call(*again.split())
    world.call("apply")
    code, (found,) = world.call("verify")
    assert (code, found["missing"], found["unexpected"]) == (1, 0, 1)


def test_a_segment_that_cannot_be_read_does_not_keep_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.publish(Person(person_id="a"), Person(person_id="b", segment_id="news"))
    world.call("plan")
    world.call("apply")

    def check(segment_id: str, fields: Sequence[str]) -> None:
        if segment_id == "news":
            raise DestinationError("the tool is down", segment_id, "wait")

    monkeypatch.setattr(world.tool, "check", check)
    code, found = world.call("verify")
    assert code == 1
    assert [(one["segment_id"], one["agrees"], one.get("error")) for one in found] == [
        ("news", False, "the tool is down"),
        ("welcome", True, None),
    ]


def test_apply_says_how_the_rejected_come_again(world: World) -> None:
    world.tool.faults = ["", "partial"]
    world.publish(*(Person(person_id=f"p{number}") for number in range(4)))
    world.tool.incompliant = {"p3@acme-demo.com"}
    world.call("plan")
    said = told("apply")
    assert "rejected_permanent: they come again when their values change" in said
    assert "rejected_retryable: mend the cause above" in said
    world.tool.incompliant = set()
    _, planned = world.call("plan")
    retried = planned["plans"][0]["additions"]
    _, planned = world.call("plan", "--resync")
    assert (retried, planned["plans"][0]["additions"]) == (1, 2)


def test_all_guards_that_stop_are_in_the_command_that_overrides_them(world: World) -> None:
    world.call("plan")
    world.call("apply")
    world.publish()
    world.tool.fields = ()
    said = told("plan")
    stops = re.findall(r"stop (\w+),", said)
    assert len(stops) > 1 and re.findall(r"--override (\w+)", said) == stops


def test_history_tells_people_who_answered_for_a_guard(world: World) -> None:
    world.call("plan")
    world.call("apply")
    world.publish()
    _, planned = world.call("plan")
    guard = planned["plans"][0]["findings"][0]["guard"]
    assert f"--override {guard} --reason" in told("plan")
    assert world.call("apply", "--override", guard, "--reason", "moved house")[0] == 0
    said = told("history")
    assert getuser() in said and guard in said and "moved house" in said


def test_a_tool_that_cannot_be_used_says_what_to_do_in_the_plan(world: World) -> None:
    world.tool.faults = ["down"]
    code, planned = world.call("plan")
    assert (code, planned["plans"][0]["findings"][0]["guard"]) == (1, "unknown_field")
    assert planned["plans"][0]["findings"][0]["text"].endswith("the tool is down; wait")


@pytest.mark.parametrize("command", ["plan", "apply", "verify", "history"])
def test_every_command_speaks_to_people(world: World, command: str) -> None:
    CliRunner().invoke(app, ["sync", "plan"])
    result = CliRunner().invoke(app, ["sync", command])
    assert result.exit_code in (0, 1)
    assert "welcome" in result.stdout
    assert "Traceback" not in result.stdout


def test_an_unknown_segment_is_an_error_that_says_what_to_do(world: World) -> None:
    result = CliRunner().invoke(app, ["sync", "plan", "--segment", "nowhere"])
    assert result.exit_code == 1
    assert "touchline segments" in result.stderr


def test_a_destination_without_a_row_is_told_by_files(world: World) -> None:
    world.publish(Person(person_id="a"), Person(person_id="f", destination="somewhere"))
    code, planned = world.call("plan")
    assert (code, planned["by_file"]) == (0, ["somewhere"])
    assert [plan["destination"] for plan in planned["plans"]] == [TOOL]


def test_a_run_plans_and_leaves_it_where_it_is_not_automatic(world: World) -> None:
    report = sync_destination(world.settings, TOOL)
    assert (report.plans, report.changes, report.applied) == (1, 2, [])
    assert world.tool.calls == 0


def test_a_run_applies_where_it_is_automatic(world: World) -> None:
    world.name_tool(is_automatic=True)
    facts = sync_destination(world.settings, TOOL).facts()
    assert (facts["accepted"], facts["applied"]) == (2, 1)
    assert [entry["step"] for entry in steps(world.settings)] == [EXPORTED]
    assert sync_destination(world.settings, TOOL).facts()["applied"] == 0


def test_a_run_leaves_what_a_guard_stops_and_tells_it_once(world: World) -> None:
    world.name_tool(is_automatic=True)
    sync_destination(world.settings, TOOL)
    world.publish(Person(person_id="a", is_member=False))
    report = sync_destination(world.settings, TOOL)
    assert len(report.stopped) == 1
    assert len(world.tool.segments["welcome"]) == 2
    assert state_of(world.settings, about="sync of welcome to mail_tool") == "failing"
    assert state_of(world.settings) == "well"
    world.publish(Person(person_id="a"), Person(person_id="b"))
    world.tool.poisoned = set()
    sync_destination(world.settings, TOOL)
    world.publish(Person(person_id="a"))
    sync_destination(world.settings, TOOL)
    assert state_of(world.settings, about="sync of welcome to mail_tool") == "well"


def test_a_tool_that_is_down_fails_the_run_and_loses_nothing(world: World) -> None:
    world.name_tool(is_automatic=True)
    world.tool.faults = ["down"]
    report = sync_destination(world.settings, TOOL)
    assert report.stopped and "the tool is down" in report.stopped[0]
    world.tool.faults = ["lost_before"] * 3
    assert sync_destination(world.settings, TOOL).failed == ["welcome: no answer"]
    world.tool.faults = []
    assert sync_destination(world.settings, TOOL).failed == []
    assert len(world.tool.segments["welcome"]) == 2
