"""Salesforce over HTTP: known people are written to, owners get one task, nobody is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from orchestration.fakes.salesforce import PER_DAY, FakeSalesforce
from orchestration.fakes.salesforce_org import SEGMENTS
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
)
from orchestration.lib.destinations.salesforce import SalesforceDestination, connect
from orchestration.lib.destinations.salesforce_calls import VERSION
from tests.destinations.changes import HOSTILE, NAMES, adds, change, states

ACCEPTED, LATER, NEVER = "accepted", "rejected_retryable", "rejected_permanent"
WRITE, MAKE = "PATCH .*/composite", "POST .*/composite"
CALL = {"Task.Subject": "Call back", "Task.ActivityDate": "2026-07-01"}


@pytest.fixture
def tool() -> Iterator[Running]:
    with running(FakeSalesforce()) as fake:
        for one in adds(4):
            fake.fake.state.make("Contact", Email=one.email)
        yield fake


def opened(
    tool: Running,
    *,
    account: str = f"Contact.{SEGMENTS}",
    secret: str = FakeSalesforce.secret,
    seconds: float = 20,
) -> SalesforceDestination:
    row = DestinationRow(
        destination="crm", kind="salesforce", base_url=tool.base_url, account=account,
        secret_name="SF_APP", batch_size=200, requests_per_second=10_000,
        timeout_seconds=seconds,
    )  # fmt: skip
    return connect(row, {"SF_APP": secret})


def tasks(tool: Running) -> list[dict]:
    return list(tool.fake.state.tables["Task"].values())


def test_people_enter_change_and_leave(tool: Running) -> None:
    crm = opened(tool)
    fields = {"Journey_Stage__c": "decision", "Stage_Reason__c": "asked for a demo"}
    crm.check("hot", [*fields])
    first = crm.send("hot", [change("p0", "P0@acme-demo.com", **fields), *adds(2)[1:]])
    assert states(first) == {"p0": ACCEPTED, "p1": ACCEPTED}
    member = crm.read("hot", ["p0@acme-demo.com", "p3@acme-demo.com"])["p0@acme-demo.com"]
    assert (member.fields, member.remote_id) == (fields, first[0].remote_id)
    crm.send("cold", [change("p0", "p0@acme-demo.com", ICP_Tier__c="a")])
    crm.send("hot", [change("p0", "p0@acme-demo.com", "update", Stage_Reason__c=None)])
    member = crm.read("hot", ["p0@acme-demo.com"])["p0@acme-demo.com"]
    assert member.fields == {**fields, "Stage_Reason__c": None, "ICP_Tier__c": "a"}
    gone = [
        change("p0", "p0@acme-demo.com", "remove", remote_id=member.remote_id),
        change("p9", "never@x-demo.com", "remove"),
    ]
    assert set(states(crm.send("hot", gone)).values()) == {ACCEPTED}
    assert [one.email for one in crm.members("hot")] == ["p1@acme-demo.com"]
    assert tool.fake.state.segment("cold") == ["p0@acme-demo.com"], "the other segment stays"
    assert len(tool.fake.state.tables["Contact"]) == 4, "nobody is made or deleted"


def test_who_is_not_in_the_crm_is_refused_and_not_made(tool: Running) -> None:
    answers = opened(tool).send("hot", [change("new", "new@x-demo.com"), *adds(1)])
    assert states(answers) == {"new": LATER, "p0": ACCEPTED}
    assert "no Contact" in str(answers[0].reason)


def test_of_two_records_of_an_address_the_oldest_is_written(tool: Running) -> None:
    tool.fake.state.make("Contact", Email="p0@acme-demo.com")
    crm = opened(tool)
    (answer,) = crm.send("hot", adds(1))
    assert answer.remote_id == next(iter(tool.fake.state.tables["Contact"]))
    assert len(list(crm.members("hot"))) == 1


def test_pages_and_long_questions(tool: Running) -> None:
    tool.fake.page = 50
    for number in range(4, 260):
        tool.fake.state.make("Contact", Email=f"p{number}@acme-demo.com")
    crm = opened(tool)
    for start in (0, 200):
        crm.send("hot", adds(260)[start : start + 200])
    everyone = [one.email for one in adds(260)]
    assert sorted(one.email for one in crm.members("hot")) == sorted(everyone)
    tool.fake.calls.clear()
    assert len(crm.read("hot", everyone)) == 260
    assert len(tool.fake.calls) > 1


@pytest.mark.parametrize(("email", "name"), zip(HOSTILE, NAMES, strict=True))
def test_hostile_text_arrives_as_it_is(tool: Running, email: str, name: str) -> None:
    tool.fake.state.make("Contact", Email=email)
    crm = opened(tool)
    answers = crm.send("hot", [change("p1", email, Stage_Reason__c=name)])
    assert states(answers) == {"p1": ACCEPTED}
    assert crm.read("hot", [email])[email].fields == {"Stage_Reason__c": name}
    assert tool.fake.state.segment("hot") == [email]


def test_a_poisoned_row_is_refused_alone_and_says_why(tool: Running) -> None:
    poisoned = change("p3", "p3@acme-demo.com", Stage_Reason__c="x" * 300)
    answers = opened(tool).send("hot", [*adds(3), poisoned])
    assert states(answers) == {"p0": ACCEPTED, "p1": ACCEPTED, "p2": ACCEPTED, "p3": NEVER}
    assert "STRING_TOO_LONG" in str(answers[3].reason)


def test_partial_success_is_read_item_by_item(tool: Running) -> None:
    tool.fake.faults.switch("partial_success", where=WRITE)
    told = states(opened(tool).send("hot", adds(4)))
    assert told == {"p0": ACCEPTED, "p1": LATER, "p2": ACCEPTED, "p3": LATER}
    assert tool.fake.state.segment("hot") == ["p0@acme-demo.com", "p2@acme-demo.com"]


def test_an_owner_gets_one_task_however_often_it_is_sent(tool: Running) -> None:
    crm = opened(tool)
    crm.check("call_them", [*CALL])
    entering = [change("p0", "p0@acme-demo.com", **CALL), change("p1", "p1@acme-demo.com", **CALL)]
    crm.send("call_them", entering)
    crm.send("call_them", entering)
    assert [(one["Subject"], one["OwnerId"]) for one in tasks(tool)] == [
        ("Call back [call_them]", "005000000000001AAA")
    ] * 2
    assert crm.read("call_them", ["p0@acme-demo.com"])["p0@acme-demo.com"].fields == CALL
    later = {"Task.ActivityDate": "2026-08-01"}
    crm.send("call_them", [change("p0", "p0@acme-demo.com", "update", **later)])
    assert tasks(tool)[0]["ActivityDate"] == "2026-08-01"
    tasks(tool)[0]["IsClosed"] = True
    crm.send("call_them", entering)
    assert len(tasks(tool)) == 2, "what was closed today is not asked for again today"
    tasks(tool)[0]["CreatedDate"] = "2026-01-01T00:00:00.000+0000"
    crm.send("call_them", entering)
    assert len(tasks(tool)) == 3, "a new entry months later is a new task"
    crm.send("call_them", [change("p1", "p1@acme-demo.com", "remove")])
    assert len(tasks(tool)) == 3
    crm.send("callXthem", [change("p1", "p1@acme-demo.com", **CALL)])
    assert len(tasks(tool)) == 4, "an underscore is no wildcard"


def test_a_task_that_cannot_be_made_keeps_its_person_out(tool: Running) -> None:
    wrong = change("p0", "p0@acme-demo.com", **{"Task.ActivityDate": "soon"})
    answers = opened(tool).send("call", [wrong, change("p1", "p1@acme-demo.com", **CALL)])
    assert states(answers) == {"p0": NEVER, "p1": ACCEPTED}
    assert tool.fake.state.segment("call") == ["p1@acme-demo.com"]


@pytest.mark.parametrize("where", [WRITE, "query", "describe", "token"])
@pytest.mark.parametrize("kind", ["too_many", "server_error"])
def test_a_busy_org_is_waited_for(tool: Running, waits: list[float], kind: str, where: str) -> None:
    tool.fake.faults.switch(kind, where=where, times=2, status=502, seconds=3.0)
    crm = opened(tool)
    crm.check("hot", [])
    assert set(states(crm.send("hot", adds(3))).values()) == {ACCEPTED}
    assert len(waits) == 2


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip"])
@pytest.mark.parametrize("where", [WRITE, MAKE])
def test_silence_leaves_the_outcome_unknown_and_reading_settles_it(
    tool: Running, kind: str, where: str
) -> None:
    crm = opened(tool, seconds=1.5)
    crm.check("call", [*CALL])
    entering = [change("p0", "p0@acme-demo.com", **CALL)]
    tool.fake.faults.switch(kind, where=where)
    with pytest.raises(UnknownOutcomeError):
        crm.send("call", entering)
    is_there = where == WRITE and kind != "timeout_before"
    assert len(crm.read("call", ["p0@acme-demo.com"])) == int(is_there)
    assert states(crm.send("call", entering)) == {"p0": ACCEPTED}
    assert (len(tasks(tool)), tool.fake.state.segment("call")) == (1, ["p0@acme-demo.com"])


def test_a_session_that_ended_is_begun_again_once(tool: Running) -> None:
    crm = opened(tool)
    crm.send("hot", adds(1))
    tool.fake.expire()
    assert states(crm.send("hot", adds(2))) == {"p0": ACCEPTED, "p1": ACCEPTED}
    assert len([call for call in tool.fake.calls if "token" in call.path]) == 2
    tool.fake.faults.switch("token_expired", where="query", times=None)
    with pytest.raises(DestinationError, match="does not accept"):
        crm.send("hot", adds(1))


def test_the_limit_of_the_day_says_how_much_was_used(tool: Running) -> None:
    crm = opened(tool)
    tool.fake.calls_today = PER_DAY
    with pytest.raises(DestinationError, match=f"api-usage={PER_DAY + 1}/{PER_DAY}"):
        crm.send("hot", adds(1))


def test_an_answer_that_did_nothing_is_seen_by_reading(tool: Running) -> None:
    tool.fake.faults.switch("nothing_applied", where=WRITE)
    crm = opened(tool)
    assert states(crm.send("hot", adds(1))) == {"p0": ACCEPTED}
    assert crm.read("hot", ["p0@acme-demo.com"]) == {}


def test_half_deleted_in_the_tool_is_seen(tool: Running) -> None:
    crm = opened(tool)
    crm.send("hot", adds(4))
    tool.fake.delete_half()
    assert [one.email for one in crm.members("hot")] == ["p0@acme-demo.com", "p2@acme-demo.com"]


def test_everything_is_known_before_anything_is_sent(tool: Running) -> None:
    crm = opened(tool)
    for field in ("Shoe__c", "HasOptedOutOfEmail", "SystemModstamp", SEGMENTS, "Task.Shoe"):
        with pytest.raises(DestinationError, match=field.removeprefix("Task.")):
            crm.check("hot", ["ICP_Tier__c", field])
    crm.check("hot", ["Journey_Stage__c"])
    tool.fake.rename_field()
    with pytest.raises(DestinationError, match="Journey_Stage__c"):
        crm.check("hot", ["Journey_Stage__c"])
    for account in ("", "Contact", "Account.X__c", "Contact.X__c'; --"):
        with pytest.raises(DestinationError, match="account"):
            opened(tool, account=account)
    with pytest.raises(DestinationError, match="picklist"):
        opened(tool, account="Contact.Stage_Reason__c").check("hot", [])
    tool.fake.state.fields["Contact"][SEGMENTS]["restrictedPicklist"] = True
    with pytest.raises(DestinationError, match="takes 'hot'"):
        crm.check("hot", [])


def test_a_wrong_app_is_refused_without_telling_its_secret(tool: Running) -> None:
    with pytest.raises(DestinationError) as raised:
        opened(tool, secret="fake-app:wrong-word").check("hot", [])
    assert "wrong-word" not in str(raised.value)
    with pytest.raises(DestinationError, match="<client id>:<client secret>"):
        opened(tool, secret="no-colon")


def test_who_refused_is_told(tool: Running) -> None:
    state = tool.fake.state
    state.make("Contact", Email="out@x-demo.com", HasOptedOutOfEmail=True)
    state.make(
        "Lead", Email="hard@x-demo.com", EmailBouncedDate="2026-05-01T10:00:00.000+0000",
        EmailBouncedReason="550 no such user",
    )  # fmt: skip
    state.make(
        "Lead", Email="old@x-demo.com", HasOptedOutOfEmail=True,
        SystemModstamp="2020-01-01T00:00:00.000+0000",
    )  # fmt: skip
    since = datetime.now(UTC) - timedelta(hours=1)
    told = {one.email: one for one in opened(tool).refusals(since)}
    assert {email: one.status for email, one in told.items()} == {
        "out@x-demo.com": "unsubscribed",
        "hard@x-demo.com": "bounced_hard",
    }
    assert told["hard@x-demo.com"].happened_at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert len(list(opened(tool).refusals(None))) == 3


def test_nothing_of_consent_is_ever_written(tool: Running) -> None:
    opened(tool).send("hot", adds(3))
    writes = [call for call in tool.fake.calls if call.method == "PATCH"]
    names = {name for call in writes for one in json.loads(call.body)["records"] for name in one}
    assert names == {"attributes", "id", SEGMENTS}
    assert {call.path.split("/")[3] for call in writes} == {VERSION}
