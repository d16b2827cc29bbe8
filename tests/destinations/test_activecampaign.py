"""ActiveCampaign over HTTP: tags come and go, lists are never written, limits are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.activecampaign import ActiveCampaignDestination, connect
from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
)
from tests.destinations.changes import HOSTILE, NAMES, adds, change, states

SYNC, TAG = "contact/sync", "POST .*/contactTags"
ACCEPTED, LATER, NEVER = "accepted", "rejected_retryable", "rejected_permanent"


@pytest.fixture
def tool() -> Iterator[Running]:
    fake = FakeActiveCampaign()
    fake.per_second = 10_000
    with running(fake) as server:
        yield server


def opened(
    tool: Running,
    *,
    account: str | None = None,
    per_second: float = 10_000,
    path: str = "",
    seconds: float = 20,
) -> ActiveCampaignDestination:
    row = DestinationRow(
        destination="mail", kind="activecampaign", base_url=f"{tool.base_url}{path}",
        account=account, secret_name="AC_KEY", requests_per_second=per_second,
        timeout_seconds=seconds,
    )  # fmt: skip
    return connect(row, {"AC_KEY": FakeActiveCampaign.secret})


@pytest.mark.parametrize("path", ["", "/api/3"])
def test_people_join_change_and_leave(tool: Running, path: str) -> None:
    mail = opened(tool, path=path)
    mail.check("welcome", ["firstName", "JOURNEY_STAGE", "Journey stage"])
    first = mail.send(
        "welcome", [change("p1", "a@x-demo.com", firstName="Ana", JOURNEY_STAGE="decision")]
    )
    assert states(first) == {"p1": ACCEPTED}
    member = mail.read("welcome", ["A@x-demo.com", "nobody@x-demo.com"])["A@x-demo.com"]
    assert (member.fields["firstName"], member.fields["JOURNEY_STAGE"]) == ("Ana", "decision")
    assert member.remote_id == first[0].remote_id
    mail.send("welcome", [change("p1", "a@x-demo.com", "update", JOURNEY_STAGE=None)])
    member = mail.read("welcome", ["a@x-demo.com"])["a@x-demo.com"]
    assert (member.fields["firstName"], member.fields["JOURNEY_STAGE"]) == ("Ana", None)
    mail.send("other", [change("p1", "a@x-demo.com")])
    gone = [
        change("p1", "a@x-demo.com", "remove", remote_id=member.remote_id),
        change("p9", "never@x-demo.com", "remove"),
        change("p8", "old@x-demo.com", "remove", remote_id="999"),
    ]
    assert set(states(mail.send("welcome", gone)).values()) == {ACCEPTED}
    assert tool.fake.state.tagged("welcome") == []
    assert tool.fake.state.tagged("other") == ["a@x-demo.com"], "the other segment stays"
    assert len(tool.fake.state.contacts) == 1, "a removal leaves the person"


def test_members_are_read_in_pages(tool: Running) -> None:
    mail = opened(tool)
    mail.send("welcome", adds(105))
    members = sorted(member.email for member in mail.members("welcome"))
    assert members == sorted(one.email for one in adds(105))
    assert list(mail.members("another")) == []


@pytest.mark.parametrize(("email", "name"), zip(HOSTILE, NAMES, strict=True))
def test_hostile_text_arrives_as_it_is(tool: Running, email: str, name: str) -> None:
    mail = opened(tool)
    assert states(mail.send("welcome", [change("p1", email, lastName=name)])) == {"p1": ACCEPTED}
    assert mail.read("welcome", [email])[email].fields["lastName"] == name


def test_a_poisoned_row_is_refused_alone_and_says_why(tool: Running) -> None:
    poisoned = [change("long", f"{'a' * 60}@{'b' * 250}.com"), change("none", "no address")]
    answers = opened(tool).send("welcome", [*poisoned, *adds(2)])
    assert states(answers) == {"long": NEVER, "none": NEVER, "p0": ACCEPTED, "p1": ACCEPTED}
    assert "Address is not valid" in str(answers[0].reason)


def test_partial_success_is_read_item_by_item(tool: Running) -> None:
    tool.fake.faults.switch("partial_success", where=SYNC, times=None)
    told = states(opened(tool).send("welcome", adds(4)))
    assert told == {"p0": ACCEPTED, "p1": NEVER, "p2": ACCEPTED, "p3": NEVER}
    assert tool.fake.state.tagged("welcome") == ["p0@acme-demo.com", "p2@acme-demo.com"]


@pytest.mark.parametrize("where", [SYNC, TAG, "GET"])
@pytest.mark.parametrize("kind", ["too_many", "server_error", "broken_after"])
def test_a_busy_tool_is_waited_for(
    tool: Running, waits: list[float], kind: str, where: str
) -> None:
    tool.fake.faults.switch(kind, where=where, times=2, status=502, seconds=3.0)
    assert set(states(opened(tool).send("welcome", adds(3))).values()) == {ACCEPTED}
    assert len(waits) == 2
    assert len(tool.fake.state.tagged("welcome")) == 3
    assert len(tool.fake.state.contacts) == 3


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip"])
@pytest.mark.parametrize("where", [SYNC, TAG])
def test_silence_leaves_the_outcome_unknown_and_reading_settles_it(
    tool: Running, kind: str, where: str
) -> None:
    mail = opened(tool, seconds=1.5)
    mail.check("welcome", [])
    tool.fake.faults.switch(kind, where=where)
    with pytest.raises(UnknownOutcomeError):
        mail.send("welcome", adds(2))
    is_there = where == TAG and kind != "timeout_before"
    assert len(mail.read("welcome", [one.email for one in adds(2)])) == int(is_there)
    assert set(states(mail.send("welcome", adds(2))).values()) == {ACCEPTED}
    assert tool.fake.state.tagged("welcome") == ["p0@acme-demo.com", "p1@acme-demo.com"]


def test_once_the_tool_fails_the_rest_waits_for_the_next_run(
    tool: Running, waits: list[float]
) -> None:
    mail = opened(tool)
    mail.send("welcome", adds(1))
    tool.fake.faults.switch("token_expired", where=TAG, times=None)
    with pytest.raises(DestinationError):
        mail.send("welcome", adds(1))
    tool.fake.faults.clear()
    refused = change("bad", "no address")
    tool.fake.faults.switch("too_many", where=TAG, times=None)
    answers = mail.send("welcome", [refused, *adds(8)])
    assert states(answers)["bad"] == NEVER
    assert set(list(states(answers).values())[1:]) == {LATER}
    assert len(waits) == 5, "the tool is asked for one of the eight only"


def test_an_answer_that_did_nothing_is_seen_by_reading(tool: Running) -> None:
    mail = opened(tool)
    mail.check("welcome", [])
    tool.fake.faults.switch("nothing_applied", where=TAG, times=None)
    assert states(mail.send("welcome", adds(1))) == {"p0": ACCEPTED}
    assert mail.read("welcome", ["p0@acme-demo.com"]) == {}


def test_half_of_the_tags_taken_off_in_the_tool_is_seen(tool: Running) -> None:
    mail = opened(tool)
    mail.send("welcome", adds(4))
    tool.fake.delete_half()
    assert [one.email for one in mail.members("welcome")] == [
        "p0@acme-demo.com",
        "p2@acme-demo.com",
    ]


def test_five_calls_a_second_are_kept(tool: Running) -> None:
    tool.fake.per_second = 5
    answers = opened(tool, per_second=5).send("welcome", adds(3))
    assert set(states(answers).values()) == {ACCEPTED}
    assert len(tool.fake.calls) == 8, "none was refused and repeated"


def test_fields_and_the_list_are_known_before_anything_is_sent(tool: Running) -> None:
    with pytest.raises(DestinationError, match="SHOE_SIZE"):
        opened(tool).check("welcome", ["SHOE_SIZE"])
    opened(tool, account="7").check("welcome", [])
    with pytest.raises(DestinationError, match="no list 8"):
        opened(tool, account="8").check("welcome", [])
    tool.fake.rename_field()
    with pytest.raises(DestinationError, match="JOURNEY_STAGE"):
        opened(tool).check("welcome", ["JOURNEY_STAGE"])
    tool.fake.faults.switch("not_json", where="tags")
    with pytest.raises(DestinationError, match="no JSON"):
        opened(tool).check("welcome", [])


def test_who_refused_is_told(tool: Running) -> None:
    state = tool.fake.state
    left, stayed = state.make("left@x-demo.com"), state.make("stayed@x-demo.com")
    state.place("7", left, "2", when="2026-06-01T10:00:00-05:00", reason="too many")
    state.place("7", stayed, "1")
    state.place("8", stayed, "2")
    state.make("hard@x-demo.com", bounced_hard="1", bounced_date="2026-05-01")
    soft = state.make("soft@x-demo.com", bounced_soft="1")
    state.place("7", soft, "3")
    state.make("old@x-demo.com", bounced_hard="2", udate="2020-01-01T00:00:00+00:00")
    since = datetime.now(UTC) - timedelta(hours=1)
    told = {one.email: one for one in opened(tool, account="7").refusals(since)}
    assert {email: one.status for email, one in told.items()} == {
        "left@x-demo.com": "unsubscribed",
        "hard@x-demo.com": "bounced_hard",
        "soft@x-demo.com": "bounced_hard",
    }
    assert told["left@x-demo.com"].happened_at == datetime(2026, 6, 1, 15, tzinfo=UTC)
    assert told["left@x-demo.com"].reason == "too many"
    assert "old@x-demo.com" in {one.email for one in opened(tool).refusals(None)}


def test_each_list_is_left_at_its_own_time_and_a_bounce_stands_beside(tool: Running) -> None:
    state = tool.fake.state
    both = state.make("both@x-demo.com", bounced_hard="1", bounced_date="2026-06-03")
    state.place("7", both, "2", when="2026-06-01T10:00:00+00:00")
    state.place("8", both, "2", when="2026-06-02T10:00:00+00:00")
    told = [(one.status, one.subscription_type, one.happened_at.day)
            for one in opened(tool).refusals(None)]  # fmt: skip
    assert told == [("unsubscribed", "7", 1), ("unsubscribed", "8", 2), ("bounced_hard", None, 3)]


def test_no_list_is_ever_written(tool: Running) -> None:
    record = tool.fake.state.make("p0@acme-demo.com")
    tool.fake.state.place("7", record, "2")
    mail = opened(tool, account="7")
    mail.check("welcome", [])
    mail.send("welcome", adds(2))
    assert tool.fake.state.places["7", record]["status"] == "2"
    assert len(tool.fake.state.places) == 1
    writes = [call for call in tool.fake.calls if call.method != "GET"]
    assert not any("contactLists" in call.path for call in writes)
    sent = [json.loads(call.body) for call in writes]
    assert not any(word in json.dumps(sent) for word in ("status", "subscribe", '"list"'))
