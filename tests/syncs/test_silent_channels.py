"""Suppression lists and tasks: told by their own decision, and never to who might write to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.publishing.versions import version_path
from orchestration.lib.sql_text import value
from orchestration.lib.syncs.published import attach_version
from tests.syncs.small_homes import AS_OF, SEGMENT, TOOL, Person, SyncHome
from tests.syncs.small_homes import publish as publish_file
from tests.syncs.test_homes import HEADER, World
from tests.syncs.test_homes import world as world_of_two

LIST = "left_out"
world = world_of_two


def make_list(path: Path, segment_id: str = LIST) -> None:
    """Make one segment of a published file a suppression list; the others stay mail."""
    with duckdb.connect(str(path)) as connection:
        for statement in (
            "alter table activation.fct_send_eligibility add column is_message boolean",
            "update activation.fct_send_eligibility set is_message = true",
            "update activation.sync_segment_members set channel = 'suppression' "
            f"where segment_id = {value(segment_id)}",
            "insert into activation.fct_send_eligibility "
            "select person_id, purpose, channel, true, false "
            "from activation.sync_segment_members where channel = 'suppression'",
        ):
            connection.execute(statement)


def publish(home: SyncHome, *people: Person) -> None:
    """A new version in which the segment LIST is a suppression list."""
    home.versions += 1
    run_id = f"v{home.versions:04d}"
    path = publish_file(home.settings.home / f"{run_id}.duckdb", people, segments=(SEGMENT, LIST))
    make_list(path)
    home.version = attach_version(home.ledger, path, run_id=run_id)


def refuse(home: SyncHome, *emails: str) -> None:
    """Addresses refuse in the tool, later than the version knows."""
    for email in emails:
        home.ledger.execute(
            "insert into refusals values (?, ?, 'unsubscribed', null, ?, ?, 'f', true, null)",
            [TOOL, email, AS_OF + timedelta(hours=1), AS_OF],
        )


def test_who_refuses_leaves_the_mail_and_stays_on_the_list(home: SyncHome) -> None:
    listed = Person(person_id="a", segment_id=LIST, is_eligible=False)
    publish(home, listed, Person(person_id="b"), Person(person_id="c", segment_id=LIST))
    for segment in (SEGMENT, LIST):
        home.sync(segment_id=segment)
    assert home.held(LIST).keys() == {"a@acme-demo.com", "c@acme-demo.com"}
    refuse(home, "a@acme-demo.com", "b@acme-demo.com", "c@acme-demo.com")
    mail, left_out = home.plan(SEGMENT), home.plan(LIST)
    assert (mail.removals, left_out.changes) == (1, 0)


def test_a_list_planned_before_a_refusal_is_told_whole(home: SyncHome) -> None:
    publish(home, Person(person_id="a", segment_id=LIST), Person(person_id="b"))
    plans = [home.plan(SEGMENT), home.plan(LIST)]
    refuse(home, "a@acme-demo.com", "b@acme-demo.com")
    states = [home.changes(home.apply(plan))[0][2] for plan in plans]
    assert states == ["dropped", "accepted"]


def test_a_list_without_a_decision_of_its_own_is_empty(home: SyncHome) -> None:
    publish(home, Person(person_id="a", segment_id=LIST))
    assert home.version
    path = home.settings.home / f"{home.version.run_id}.duckdb"
    home.ledger.execute("detach published")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "delete from activation.fct_send_eligibility where channel = 'suppression'"
        )
    home.version = attach_version(home.ledger, path, run_id=home.version.run_id)
    assert home.plan(LIST).members == 0


@pytest.mark.parametrize("seed", range(8))
def test_no_mail_segment_is_loosened_by_a_list_beside_it(home: SyncHome, seed: int) -> None:
    random = Random(seed)
    people = [
        Person(
            person_id=f"p{number}",
            segment_id=random.choice((SEGMENT, LIST)),
            is_eligible=random.choice((True, True, False, None)),
            decisions=random.choice((0, 1, 1, 1, 2)),
        )
        for number in range(60)
    ]
    publish(home, *people)
    leavers = {one.person_id for one in people if random.random() < 0.2}
    refuse(home, *(f"{name}@acme-demo.com" for name in sorted(leavers)))
    wanted = {
        segment: {
            person_id
            for (person_id,) in home.ledger.execute(
                "select person_id from sync_changes where plan_id = ? and operation = 'add'",
                [home.plan(segment).plan_id],
            ).fetchall()
        }
        for segment in (SEGMENT, LIST)
    }
    assert (
        wanted[SEGMENT]
        == {
            one.person_id
            for one in people
            if one.segment_id == SEGMENT and one.is_eligible and one.decisions == 1
        }
        - leavers
    )
    assert wanted[LIST] == {one.person_id for one in people if one.segment_id == LIST}


@pytest.fixture
def listed(world: World) -> Iterator[World]:
    """A home whose only segment is a suppression list."""
    world.publish(Person(person_id="a"), Person(person_id="b"))
    run_id = f"20260701T0000000{world.versions:05d}Z"
    path = version_path(world.settings, run_id)
    path.chmod(0o600)
    make_list(path, SEGMENT)
    yield world


def name_tool(world: World, *, is_silent: bool) -> None:
    """The row of the tool, with what it says of writing to people."""
    header = HEADER.replace("is_automatic,", "is_automatic,is_silent,")
    row = f"{TOOL},webhook,https://demo.example,,KEY,,,,,,false,{is_silent},true,1,\n"
    (world.settings.rules / "destinations.csv").write_text(header + row.replace("True", "true"))


def test_a_list_goes_only_where_nobody_is_written_to(listed: World) -> None:
    name_tool(listed, is_silent=False)
    result = CliRunner().invoke(app, ["sync", "plan"])
    assert result.exit_code == 1
    assert "may write to them" in result.stderr
    assert listed.tool.calls == 0
    name_tool(listed, is_silent=True)
    code, planned = listed.call("plan")
    assert (code, planned["plans"][0]["additions"]) == (0, 2)
    # what was planned while it was allowed is not sent once it no longer is
    name_tool(listed, is_silent=False)
    assert listed.call("apply")[0] == 1
    assert listed.tool.calls == 0
    name_tool(listed, is_silent=True)
    assert listed.call("apply")[0] == 0
    assert len(listed.tool.segments[SEGMENT]) == 2


def test_texts_are_not_told_to_a_tool_that_mails(world: World) -> None:
    world.publish(Person(person_id="a"), Person(person_id="b"))
    path = version_path(world.settings, f"20260701T0000000{world.versions:05d}Z")
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        for table in ("sync_segment_members", "fct_send_eligibility"):
            connection.execute(f"update activation.{table} set channel = 'sms'")
    row = f"{TOOL},{{}},https://demo.example,list,KEY,,,,,,false,false,true,1,\n"
    header = HEADER.replace("is_automatic,", "is_automatic,is_silent,")
    destinations = world.settings.rules / "destinations.csv"
    destinations.write_text(header + row.format("mailchimp"))
    result = CliRunner().invoke(app, ["sync", "plan"])
    assert result.exit_code == 1
    assert "may mail them" in result.stderr
    assert world.tool.calls == 0
    destinations.write_text(header + row.format("webhook"))
    code, planned = world.call("plan")
    assert (code, planned["plans"][0]["additions"]) == (0, 2)
