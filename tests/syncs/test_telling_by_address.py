"""HubSpot is asked about whom some tool is about to write to: nobody else, whoever was told of."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path

import pytest

from orchestration.fakes.faults import Fault
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.server import running
from orchestration.lib.destinations.hubspot_calls import BATCH, STATUSES
from orchestration.lib.destinations.rows import open_destination
from orchestration.lib.errors import TouchlineError
from orchestration.lib.syncs import hearing
from orchestration.lib.syncs.automatic import sync_destination
from tests.syncs.small_homes import Person
from tests.syncs.test_tools import SEGMENT, Tools, publish, switch, told, version_path

OTHER, URGENT = "news", "abandoned_cart"
NEWS_TYPE = 12
EARLIER = "2026-06-30T12:00:00Z"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tools]:
    """A home with both tools; rows name no other segment, so a run asks these two."""
    fakes = {"mailchimp": FakeMailchimp(), "hubspot": FakeHubspot()}
    monkeypatch.setattr(hearing, "destinations", lambda settings: list(fakes))
    with running(fakes["mailchimp"]) as mail, running(fakes["hubspot"]) as crm:
        addresses = {"mailchimp": mail.base_url, "hubspot": crm.base_url}
        yield Tools(tmp_path / "home", fakes, addresses)


def address(name: str) -> str:
    return f"{name}@acme-demo.com"


def crowd(count: int, *, start: int = 0, **where: str) -> list[Person]:
    people = range(start, start + count)
    return [Person(person_id=f"p{number}", **where) for number in people]


def published(tools: Tools, *people: Person) -> None:
    """A new current version with these members, each at the tool they name."""
    tools.versions += 1
    run_id = f"20260701T0000000{tools.versions:05d}Z"
    publish(version_path(tools.settings, run_id), people, segments=())
    switch(tools.settings, run_id)


def refuse(tools: Tools, name: str) -> None:
    """Somebody left one type of mail in HubSpot, before the version was made."""
    refused = {NEWS_TYPE: ("UNSUBSCRIBED", EARLIER)}
    tools.fakes["hubspot"].state.subscriptions.by_email[address(name)] = refused


def asked(tools: Tools) -> list[int]:
    """How many were asked for, call by call, since last looked at."""
    calls = tools.fakes["hubspot"].calls
    found = [len(one.json()["inputs"]) for one in calls if one.path == f"{STATUSES}/batch/read"]
    calls.clear()
    return found


def hear(tools: Tools, **how: object) -> list[str]:
    secrets = {f"KEY_{name.upper()}": fake.secret for name, fake in tools.fakes.items()}
    return hearing.hear_refusals(
        tools.settings, opener=lambda row: open_destination(row, environment=secrets), **how
    )


def test_who_was_never_told_to_hubspot_is_asked_for_and_held_in_the_other_tool(
    tools: Tools,
) -> None:
    published(
        tools,
        *crowd(250, destination="mailchimp"),
        Person(person_id="c", destination="hubspot", segment_id=OTHER),
    )
    refuse(tools, "p7")
    with tools.desk() as desk:
        outcome = desk.apply(desk.plan("mailchimp", SEGMENT).plan.plan_id)
        assert outcome["states"] == {"accepted": 249, "dropped": 1}
        assert address("p7") not in told(desk, "mailchimp")
    assert asked(tools) == [100, 100, 50]
    with tools.desk() as desk:
        plan = desk.plan("mailchimp", SEGMENT).plan
        assert (plan.additions, plan.removals) == (0, 0)
        desk.apply(plan.plan_id)
    assert asked(tools) == []


def test_who_was_told_long_ago_and_is_in_no_segment_is_not_asked_for(tools: Tools) -> None:
    published(tools, *crowd(350, destination="hubspot"))
    with tools.desk() as desk:
        desk.apply(desk.plan("hubspot", SEGMENT).plan.plan_id)
    assert sum(asked(tools)) == 350
    # nobody twice, however many tools and segments write to them
    published(
        tools,
        *crowd(120, start=300, destination="mailchimp"),
        *crowd(120, start=300, destination="hubspot", segment_id=OTHER),
    )
    refuse(tools, "p310")
    assert hear(tools) == []
    assert len(found := asked(tools)) == ceil(120 / BATCH) and sum(found) == 120
    (file,) = (tools.settings.landing / "files" / "consents").iterdir()
    (line,) = file.read_text().splitlines()
    assert address("p310") in line


def test_a_run_in_a_hurry_asks_for_its_own_segments_alone_and_sends_them_first(
    tools: Tools,
) -> None:
    published(
        tools,
        *crowd(300, destination="hubspot", segment_id="a_long_list"),
        *crowd(5, start=300, destination="mailchimp", segment_id=URGENT),
        *crowd(5, start=300, destination="hubspot", segment_id=URGENT),
    )
    assert hear(tools, segments=[URGENT]) == []
    assert asked(tools) == [5]
    row = tools.settings.rules / "destinations.csv"
    row.write_text(row.read_text().replace(",false,true,", ",true,true,"))
    secrets = {f"KEY_{name.upper()}": fake.secret for name, fake in tools.fakes.items()}
    sync_destination(
        tools.settings,
        "hubspot",
        opener=lambda row: open_destination(row, environment=secrets),
    )
    assert asked(tools) == [5, 100, 100, 100]


@pytest.mark.parametrize("kind", ["server_error", "partial_success"])
def test_while_hubspot_cannot_answer_no_tool_is_sent_to(tools: Tools, kind: str) -> None:
    published(
        tools,
        *crowd(9, destination="mailchimp"),
        Person(person_id="c", destination="hubspot", segment_id=OTHER),
    )
    tools.fakes["hubspot"].switch([Fault(kind=kind, times=None, where="statuses/batch/read")])
    with tools.desk() as desk:
        plan = desk.plan("mailchimp", SEGMENT).plan
        with pytest.raises(TouchlineError):
            desk.apply(plan.plan_id)
        assert told(desk, "mailchimp") == set()
        tools.fakes["hubspot"].switch([])
        assert desk.apply(plan.plan_id)["states"] == {"accepted": 9}


def test_an_answer_that_leaves_somebody_out_stops_what_is_sent(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tools, *crowd(4, destination="hubspot"))
    fake = tools.fakes["hubspot"]
    monkeypatch.setattr(
        type(fake.state.subscriptions),
        "told",
        lambda self, email: {"subscriberIdString": address("p0"), "statuses": []},
    )
    with tools.desk() as desk:
        plan = desk.plan("hubspot", SEGMENT).plan
        with pytest.raises(TouchlineError, match="does not tell which mail 3 people refused"):
            desk.apply(plan.plan_id)
        assert told(desk, "hubspot") == set()
