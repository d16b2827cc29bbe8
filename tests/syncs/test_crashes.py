"""A process killed at any point of an apply: the next one finishes, and tells nobody twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.server import Running, running
from orchestration.lib.building.project import REPOSITORY
from orchestration.lib.home import prepare_home
from orchestration.lib.publishing.versions import switch, version_path
from orchestration.lib.settings import Settings
from tests.syncs.small_homes import Person, publish
from tests.syncs.test_homes import GUARDS, HEADER

POINTS = (
    *("sync.applying", "sync.marked_sent", "sync.answered", "sync.before_acknowledging"),
    *("sync.answers_kept", "sync.canary_sent", "sync.resolved_found", "sync.before_closing"),
)
KILLS = 3
RUN = "20260701T000000000000Z"
FIELDS = (
    "rule_id,destination,segment_id,field,attribute,is_active,rule_version,note\n"
    "first,crm,,firstname,first_name,true,1,\n"
)
TOUCHLINE = "from orchestration.cli import app; app()"


@pytest.fixture(scope="module")
def tool() -> Iterator[Running]:
    with running(FakeHubspot()) as fake:
        yield fake


def home_of(folder: Path, tool: Running, segment_id: str) -> Settings:
    """Seven people, wanted in a segment of a tool that takes three at a time."""
    settings = Settings(home=folder)
    prepare_home(settings, say=lambda message: None)
    row = f"crm,hubspot,{tool.base_url},,HUBSPOT_TOKEN,3,1000,5,0.2,,false,true,1,\n"
    (settings.rules / "destinations.csv").write_text(HEADER + row)
    (settings.rules / "destination_fields.csv").write_text(FIELDS)
    (settings.rules / "sync_guards.csv").write_text(GUARDS)
    people = [
        Person(person_id=f"{segment_id}.{number}", segment_id=segment_id, destination="crm")
        for number in range(7)
    ]
    publish(version_path(settings, RUN), people, segments=())
    switch(settings, RUN)
    return settings


def sync(settings: Settings, *arguments: str, fail_at: str = "") -> subprocess.CompletedProcess:
    """One command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", TOUCHLINE, "sync", *arguments, "--json"],
        env=os.environ
        | {"TOUCHLINE_HOME": str(settings.home), "TOUCHLINE_FAIL_AT": fail_at}
        | {"HUBSPOT_TOKEN": FakeHubspot.secret},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_kills_at_a_named_point(tmp_path: Path, tool: Running, point: str) -> None:
    segment_id = point.replace("sync.", "kill_")
    settings = home_of(tmp_path / "home", tool, segment_id)
    assert sync(settings, "plan").returncode == 0
    if point == "sync.resolved_found":
        sync(settings, "apply", fail_at="sync.marked_sent")
    codes = [sync(settings, "apply", fail_at=point).returncode for _ in range(KILLS)]
    assert codes[0] == -signal.SIGKILL
    sync(settings, "apply")
    (plan,) = json.loads(sync(settings, "history").stdout)
    assert (plan["status"], plan["states"]) == ("applied", {"accepted": 7})
    state = tool.fake.state
    wanted = {f"{segment_id}.{number}@acme-demo.com" for number in range(7)}
    assert {state.contacts.by_id[one]["email"] for one in state.lists.members(segment_id)} == wanted
    told = Counter(
        one["id"]
        for call in tool.fake.calls
        if call.path.endswith("batch/upsert")
        for one in call.json()["inputs"]
    )
    assert {told[email] for email in wanted} == {1}
    assert sync(settings, "verify").returncode == 0
