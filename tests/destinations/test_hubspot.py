"""HubSpot over HTTP: what is taken, refused, in doubt, and what is never written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
)
from orchestration.lib.destinations.hubspot import HubspotDestination, connect
from orchestration.lib.destinations.hubspot_calls import VERSION
from tests.destinations.changes import HOSTILE, NAMES, adds, change, states

UPSERT, ADD = "batch/upsert", "memberships/add"
ACCEPTED, LATER, NEVER = "accepted", "rejected_retryable", "rejected_permanent"


@pytest.fixture
def tool() -> Iterator[Running]:
    with running(FakeHubspot()) as fake:
        yield fake


def opened(
    tool: Running, *, account: str | None = "4711", secret: str = "", seconds: float = 20
) -> HubspotDestination:
    row = DestinationRow(
        destination="crm", kind="hubspot", base_url=tool.base_url, account=account,
        secret_name="HUBSPOT_TOKEN", batch_size=100, requests_per_second=1000, 
        timeout_seconds=seconds,
    )  # fmt: skip
    return connect(row, {"HUBSPOT_TOKEN": secret or FakeHubspot.secret})


def written(tool: Running) -> list[str]:
    """Addresses of the list `welcome` in the tool, in order."""
    state = tool.fake.state
    return sorted(state.contacts.by_id[one]["email"] for one in state.lists.members("welcome"))


def test_people_join_change_and_leave(tool: Running) -> None:
    hubspot = opened(tool)
    hubspot.check("welcome", ["firstname"])
    first = hubspot.send("welcome", [change("p1", "a@x-demo.com", firstname="Ana"), *adds(1)])
    assert states(first) == {"p1": ACCEPTED, "p0": ACCEPTED}
    read = hubspot.read("welcome", ["A@x-demo.com", "nobody@x-demo.com"])
    assert read["A@x-demo.com"].fields == {"firstname": "Ana"}
    assert read["A@x-demo.com"].remote_id == first[0].remote_id
    hubspot.send("welcome", [change("p1", "a@x-demo.com", "update", firstname=None)])
    assert hubspot.read("welcome", ["a@x-demo.com"])["a@x-demo.com"].fields == {"firstname": None}
    gone = [
        change("p1", "a@x-demo.com", "remove", remote_id=first[0].remote_id),
        change("p0", "p0@acme-demo.com", "remove"),
        change("p9", "never@x-demo.com", "remove"),
    ]
    assert set(states(hubspot.send("welcome", gone)).values()) == {ACCEPTED}
    assert list(hubspot.members("welcome")) == []
    assert len(tool.fake.state.contacts.by_id) == 2, "a removal leaves the person"


def test_members_are_read_in_pages(tool: Running) -> None:
    hubspot = opened(tool)
    for start in range(0, 250, 100):
        hubspot.send("welcome", adds(250)[start : start + 100])
    members = [member.email for member in hubspot.members("welcome")]
    assert sorted(members) == sorted(one.email for one in adds(250))
    assert list(hubspot.members("another")) == []
    assert hubspot.read("another", ["p1@acme-demo.com"]) == {}


@pytest.mark.parametrize(("email", "name"), zip(HOSTILE, NAMES, strict=True))
def test_hostile_text_arrives_as_it_is(tool: Running, email: str, name: str) -> None:
    hubspot = opened(tool)
    (answer,) = hubspot.send("welcome", [change("p1", email, firstname=name)])
    assert answer.state == ACCEPTED
    assert hubspot.read("welcome", [email])[email].fields == {"firstname": name}


def test_a_poisoned_row_is_refused_alone_and_says_why(tool: Running) -> None:
    poisoned = [
        change("long", f"{'a' * 60}@{'b' * 250}.com"),
        change("mark", "\u202emoc@acme-demo.com"),
        change("text", "t@acme-demo.com", firstname="x" * 70_000),
    ]
    answers = opened(tool).send("welcome", [*adds(3), *poisoned])
    told = states(answers)
    assert [told[one.person_id] for one in adds(3)] == [ACCEPTED] * 3
    for answer in answers[3:]:
        assert (answer.state, bool(answer.reason)) == (NEVER, True)
        assert "@" not in str(answer.reason)
    assert written(tool) == [one.email for one in adds(3)]


def test_a_batch_refused_whole_takes_nothing(tool: Running) -> None:
    twice = [change("p1", "a@x-demo.com"), change("p2", "A@x-demo.com")]
    with pytest.raises(DestinationError, match="Duplicate"):
        opened(tool).send("welcome", twice)
    assert tool.fake.state.contacts.by_id == {}


def test_partial_success_is_read_item_by_item(tool: Running) -> None:
    tool.fake.faults.switch("partial_success", where=UPSERT)
    hubspot = opened(tool)
    told = states(hubspot.send("welcome", adds(4)))
    assert told == {"p0": ACCEPTED, "p1": LATER, "p2": ACCEPTED, "p3": LATER}
    assert written(tool) == ["p0@acme-demo.com", "p2@acme-demo.com"]
    assert set(states(hubspot.send("welcome", adds(4))).values()) == {ACCEPTED}


@pytest.mark.parametrize("where", [UPSERT, ADD, ""])
@pytest.mark.parametrize("kind", ["too_many", "server_error"])
def test_a_busy_tool_is_waited_for(
    tool: Running, waits: list[float], kind: str, where: str
) -> None:
    tool.fake.faults.switch(kind, where=where, times=2, status=503, seconds=3.0)
    assert set(states(opened(tool).send("welcome", adds(3))).values()) == {ACCEPTED}
    assert len(waits) == 2
    assert len(written(tool)) == 3


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip"])
@pytest.mark.parametrize("where", [UPSERT, ADD])
def test_silence_leaves_the_outcome_unknown_and_reading_settles_it(
    tool: Running, kind: str, where: str
) -> None:
    hubspot = opened(tool, seconds=1.5)
    hubspot.check("welcome", [])
    tool.fake.faults.switch(kind, where=where)
    with pytest.raises(UnknownOutcomeError):
        hubspot.send("welcome", adds(2))
    is_there = where == ADD and kind != "timeout_before"
    assert len(opened(tool).read("welcome", [one.email for one in adds(2)])) == 2 * is_there
    assert set(states(hubspot.send("welcome", adds(2))).values()) == {ACCEPTED}
    assert len(tool.fake.state.contacts.by_id) == 2, "nobody twice"


def test_contacts_taken_and_not_listed_are_tried_again(tool: Running, waits: list[float]) -> None:
    tool.fake.faults.switch("too_many", where=ADD, times=None)
    hubspot = opened(tool)
    assert set(states(hubspot.send("welcome", adds(2))).values()) == {LATER}
    assert hubspot.read("welcome", ["p0@acme-demo.com"]) == {}


def test_an_answer_that_did_nothing_is_seen_by_reading(tool: Running) -> None:
    hubspot = opened(tool)
    hubspot.check("welcome", [])
    tool.fake.faults.switch("nothing_applied", where=f"{UPSERT}|{ADD}", times=2)
    hubspot.send("welcome", adds(2))
    assert hubspot.read("welcome", ["p0@acme-demo.com", "p1@acme-demo.com"]) == {}


def test_half_of_a_list_deleted_in_the_tool_is_seen(tool: Running) -> None:
    hubspot = opened(tool)
    hubspot.send("welcome", adds(4))
    tool.fake.delete_half()
    assert [one.email for one in hubspot.members("welcome")] == [
        "p0@acme-demo.com",
        "p2@acme-demo.com",
    ]


def test_the_daily_limit_says_when_it_ends(tool: Running) -> None:
    hubspot = opened(tool)
    hubspot.check("welcome", [])
    tool.fake.calls_left_today = 0
    with pytest.raises(DestinationError, match=r"00:00 Europe/Berlin \(2[23]:00 UTC\)"):
        hubspot.send("welcome", adds(1))


@pytest.mark.parametrize("page", ["not_json", "token_expired"])
def test_an_answer_of_another_kind_is_an_error(tool: Running, page: str) -> None:
    tool.fake.faults.switch(page, where="details")
    with pytest.raises(DestinationError):
        opened(tool).check("welcome", [])


def test_another_account_or_a_wrong_token_is_refused(tool: Running) -> None:
    with pytest.raises(DestinationError, match="belongs to account 4711, not 12"):
        opened(tool, account="12").check("welcome", [])
    with pytest.raises(DestinationError) as raised:
        opened(tool, secret="pat-wrong-token").check("welcome", [])
    assert "pat-wrong-token" not in str(raised.value)


def test_fields_are_known_before_anything_is_sent(tool: Running) -> None:
    hubspot = opened(tool)
    for field in ("shoe_size", "hs_email_optout", "lastmodifieddate", "email"):
        with pytest.raises(DestinationError, match=field):
            hubspot.check("welcome", ["firstname", field])
    hubspot.check("welcome", ["journey_stage"])
    tool.fake.rename_field()
    with pytest.raises(DestinationError, match="journey_stage"):
        hubspot.check("welcome", ["journey_stage"])
    answers = hubspot.send("welcome", [change("p1", "a@x-demo.com", journey_stage="decision")])
    assert states(answers) == {"p1": NEVER}


def test_a_list_that_fills_itself_is_not_touched(tool: Running) -> None:
    tool.fake.state.lists.make("welcome", "DYNAMIC")
    with pytest.raises(DestinationError, match="filled by rules"):
        opened(tool).check("welcome", [])


def test_who_refused_is_told(tool: Running) -> None:
    contacts = tool.fake.state.contacts
    contacts.make("out@x-demo.com", hs_email_optout="true")
    contacts.make("hard@x-demo.com", hs_email_hard_bounce_reason_enum="UNKNOWN_USER")
    contacts.make("kept@x-demo.com", hs_email_quarantined="true")
    old = contacts.make("old@x-demo.com", hs_email_optout="true")
    contacts.by_id[old]["lastmodifieddate"] = "2020-01-01T00:00:00.000Z"
    for number in range(420):
        contacts.make(f"many{number}@x-demo.com", hs_email_optout="true")
    since = datetime.now(UTC) - timedelta(hours=1)
    told = {one.email: one.status for one in opened(tool).refusals(since)}
    assert (told.pop("hard@x-demo.com"), told.pop("kept@x-demo.com")) == (
        "bounced_hard",
        "suppressed",
    )
    assert (set(told.values()), len(told)) == ({"unsubscribed"}, 421)
    assert len(list(opened(tool).refusals(None))) == 424


def test_nothing_of_consent_is_ever_sent(tool: Running) -> None:
    tool.fake.state.contacts.make("p0@acme-demo.com", hs_email_optout="true")
    opened(tool).send("welcome", adds(3))
    sent = b" ".join(call.body for call in tool.fake.calls if call.method in ("POST", "PUT"))
    for word in (b"optout", b"subscri", b"legal_basis", b"marketable"):
        assert word not in sent
    assert {call.path.split("/")[3] for call in tool.fake.calls if "crm" in call.path} == {VERSION}


def test_who_refused_one_type_is_told_by_address(tool: Running, waits: list[float]) -> None:
    subscriptions = tool.fake.state.subscriptions
    subscriptions.become("p1@acme-demo.com", 12, "UNSUBSCRIBED")
    subscriptions.become("p150@acme-demo.com", 12, "UNSUBSCRIBED")
    subscriptions.become("p150@acme-demo.com", 11, "UNSUBSCRIBED")
    subscriptions.become("p2@acme-demo.com", 12, "SUBSCRIBED")
    tool.fake.faults.switch("partial_success", where="statuses/batch/read")
    asked = [*(one.email for one in adds(250)), "no address"]
    told = opened(tool).refusals_among(asked)
    assert {(one.email, one.subscription_type) for one in told} == {
        ("p1@acme-demo.com", "12"),
        ("p150@acme-demo.com", "11"),
        ("p150@acme-demo.com", "12"),
    }


@pytest.mark.parametrize("is_enterprise", [True, False], ids=["in_batches", "one_by_one"])
def test_who_left_a_brand_or_everything_is_told_by_address(
    tool: Running, waits: list[float], is_enterprise: bool
) -> None:
    subscriptions = tool.fake.state.subscriptions
    subscriptions.is_enterprise = is_enterprise
    subscriptions.leave("p1@acme-demo.com", brand=7)
    subscriptions.leave("p2@acme-demo.com")
    subscriptions.become("p3+news@acme-demo.com", 12, "UNSUBSCRIBED")
    tool.fake.faults.switch("partial_success", where="statuses/batch")
    asked = [*(one.email for one in adds(9)), "p3+news@acme-demo.com", "no address"]
    told = opened(tool).refusals_among(asked)
    assert {(one.email, one.subscription_type, one.reason) for one in told} == {
        ("p1@acme-demo.com", "brand 7", "brand 7"),
        ("p2@acme-demo.com", None, "all mail"),
        ("p3+news@acme-demo.com", "12", "subscription type 12"),
    }


@pytest.mark.parametrize("path", ["statuses/batch/read", "statuses/batch/unsubscribe-all"])
def test_statuses_that_stay_unknown_stop_what_asks(tool: Running, path: str) -> None:
    tool.fake.faults.switch("partial_success", where=path, times=None)
    with pytest.raises(DestinationError, match="does not tell which mail"):
        list(opened(tool).refusals_among([one.email for one in adds(9)]))
