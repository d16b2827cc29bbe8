"""Mailchimp over HTTP against its stand-in: who is told, who is refused, what is read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.mailchimp_member import FakeMember
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import DestinationError, DestinationRow
from orchestration.lib.destinations.mailchimp import Mailchimp
from tests.destinations.hostile_people import HOSTILE_EMAILS, HOSTILE_NAMES, SEGMENT, change, states
from tests.destinations.waits import PATIENT_SECONDS

pytestmark = pytest.mark.usefixtures("waits")

DAY = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def tool() -> Iterator[Running]:
    with running(FakeMailchimp()) as fake:
        yield fake


def row_of(tool: Running) -> DestinationRow:
    return DestinationRow(
        destination="email_tool",
        kind="mailchimp",
        base_url=tool.base_url,
        account=FakeMailchimp.account,
        secret_name="MAILCHIMP_KEY",
        requests_per_second=1000.0,
        timeout_seconds=PATIENT_SECONDS,
        new_member_status="pending",
    )


def adapter(tool: Running, **row: Any) -> Mailchimp:
    return Mailchimp(replace(row_of(tool), **row), secret=FakeMailchimp.secret)


def people(tool: Running) -> dict[str, FakeMember]:
    return {one.email: one for one in audience(tool).members.values()}


def audience(tool: Running) -> Any:
    assert isinstance(tool.fake, FakeMailchimp)
    return tool.fake.audience


def known(tool: Running, email: str, status: str, *, is_member: bool = False) -> FakeMember:
    """Somebody the audience has already."""
    member = audience(tool).upsert({"email_address": email, "status": "pending"})
    member.become(status, now=DAY)
    if is_member:
        audience(tool).tag(member, SEGMENT)
    return member


def here(tool: Running) -> set[str]:
    return {member.email for member in adapter(tool).members(SEGMENT)}


def test_a_batch_of_500_takes_one_call_and_is_read_back(tool: Running) -> None:
    changes = [change(f"p{n}", FNAME=f"N{n}") for n in range(500)]
    answers = adapter(tool).send(SEGMENT, changes)
    assert set(states(changes, answers).values()) == {"accepted"}
    assert len(tool.fake.calls) == 1
    assert {one.status for one in people(tool).values()} == {"pending"}
    read = adapter(tool).read(SEGMENT, [one.email for one in changes])
    assert {email: one.fields["FNAME"] for email, one in read.items()} == {
        one.email: one.fields["FNAME"] for one in changes
    }
    assert len(here(tool)) == 500 and all(one.remote_id for one in answers)


def test_members_come_in_pages_of_a_thousand(tool: Running) -> None:
    for n in range(2500):
        known(tool, f"p{n}@example.com", "subscribed" if n < 1200 else "pending", is_member=True)
    tool.fake.calls.clear()
    assert len(here(tool)) == 2500
    assert len(tool.fake.calls) == 1 + 2 + 2


def test_nobodys_status_is_written(tool: Running) -> None:
    statuses = ["subscribed", "unsubscribed", "cleaned", "pending", "transactional"]
    for status in statuses:
        known(tool, f"{status}@example.com", status)
    changes = [change(status, FNAME="New") for status in [*statuses, "stranger"]]
    told = states(changes, adapter(tool).send(SEGMENT, changes))
    assert {name: one.status for name, one in people(tool).items()} == {
        **{f"{status}@example.com": status for status in statuses},
        "stranger@example.com": "pending",
    }
    refused = {"unsubscribed", "cleaned"}
    assert {name for name, state in told.items() if state == "rejected_permanent"} == refused
    assert here(tool) == {f"{name}@example.com" for name in told.keys() - refused}
    sent = b"".join(call.body for call in tool.fake.calls)
    assert b'"status_if_new":"pending"' in sent and b'"subscribed"' not in sent


def test_strangers_may_be_added_without_being_asked(tool: Running) -> None:
    adapter(tool, new_member_status="transactional").send(SEGMENT, [change("ann")])
    assert people(tool)["ann@example.com"].status == "transactional"
    assert here(tool) == {"ann@example.com"}


def test_tags_of_a_batch_may_be_ignored(tool: Running) -> None:
    tool.fake.state.ignores_tags_of_batches = True
    known(tool, "bob@example.com", "subscribed")
    changes = [change("ann"), change("bob")]
    assert set(states(changes, adapter(tool).send(SEGMENT, changes)).values()) == {"accepted"}
    assert here(tool) == {"ann@example.com", "bob@example.com"}


def test_a_removal_leaves_the_person(tool: Running) -> None:
    for name in ("ann", "bob", "cem"):
        known(tool, f"{name}@example.com", "subscribed", is_member=name != "cem")
    changes = [change(name, operation="remove") for name in ("ann", "cem", "never_there")]
    assert set(states(changes, adapter(tool).send(SEGMENT, changes)).values()) == {"accepted"}
    assert here(tool) == {"bob@example.com"}
    assert {one.status for one in people(tool).values()} == {"subscribed"}


def test_an_address_that_now_stands_for_another_person_stays(tool: Running) -> None:
    known(tool, "ann@example.com", "subscribed", is_member=True)
    changes = [
        change("old", "ann@example.com", operation="remove"),
        change("new", "Ann@Example.com"),
        change("twin", "ann@example.com"),
    ]
    told = states(changes, adapter(tool).send(SEGMENT, changes))
    assert told == {"old": "accepted", "new": "accepted", "twin": "rejected_retryable"}
    assert here(tool) == {"ann@example.com"}


def test_an_update_changes_only_what_it_names_and_null_clears(tool: Running) -> None:
    adapter(tool).send(SEGMENT, [change("ann", FNAME="Ann", LNAME="Lee")])
    adapter(tool).send(SEGMENT, [change("ann", operation="update", LNAME=None)])
    member = adapter(tool).read(SEGMENT, ["ann@example.com"])["ann@example.com"]
    assert member.fields == {"FNAME": "Ann", "LNAME": None, "PHONE": None, "BIRTHDAY": None}


def test_a_field_of_the_wrong_type_concerns_its_person_alone(tool: Running) -> None:
    audience(tool).make_field({"tag": "DAYS", "type": "number"})
    audience(tool).make_field({"tag": "SHOE", "type": "text", "required": True})
    changes = [change("ann", DAYS="many"), change("bob", DAYS="12"), change("cem", DAYS=None)]
    answers = adapter(tool).send(SEGMENT, changes)
    told = states(changes, answers)
    assert told == {"ann": "rejected_permanent", "bob": "accepted", "cem": "accepted"}
    assert next(one.reason for one in answers if one.reason).count("DAYS") == 1
    read = adapter(tool).read(SEGMENT, ["bob@example.com", "ann@example.com"])
    assert {email: one.fields["DAYS"] for email, one in read.items()} == {"bob@example.com": "12"}


def test_compliance_state_is_rejected_and_told_as_a_refusal(tool: Running) -> None:
    audience(tool).forget(known(tool, "gone@example.com", "subscribed"))
    changes = [change("ann"), change("gone")]
    mailchimp = adapter(tool)
    answers = mailchimp.send(SEGMENT, changes)
    told = states(changes, answers)
    assert told == {"ann": "accepted", "gone": "rejected_permanent"}
    assert [one.reason for one in answers if one.reason] == ["compliance_state"]
    held_back = [one for one in mailchimp.refusals(None) if one.reason == "compliance_state"]
    assert [(one.email, one.status) for one in held_back] == [("gone@example.com", "suppressed")]


def test_refusals_are_told_since(tool: Running) -> None:
    for name, status in (
        ("una", "unsubscribed"), ("cleo", "cleaned"), ("arno", "archived"), ("sue", "subscribed")
    ):  # fmt: skip
        known(tool, f"{name}@example.com", status)
    complaint = {"email_address": "joe@example.com", "date": (DAY - timedelta(days=9)).isoformat()}
    audience(tool).complaints.append(complaint)
    found = {one.email.split("@")[0]: one.status for one in adapter(tool).refusals(None)}
    assert found == {
        "una": "unsubscribed", "cleo": "bounced_hard", "arno": "suppressed", "joe": "complained"
    }  # fmt: skip
    later = list(adapter(tool).refusals(DAY))
    assert {one.email.split("@")[0] for one in later} == {"una", "cleo", "arno"}
    assert list(adapter(tool).refusals(DAY + timedelta(days=1))) == []


def test_hostile_people_arrive_as_they_are_or_are_rejected(tool: Running) -> None:
    names = {f"n{number}": name for number, name in enumerate(HOSTILE_NAMES)}
    changes = [change(person, FNAME=name) for person, name in names.items()]
    changes += [change(f"e{n}", email) for n, email in enumerate(HOSTILE_EMAILS)]
    changes += [change("long", FNAME="x" * 1000), change("fine")]
    told = states(changes, adapter(tool).send(SEGMENT, changes))
    accepted = [one for one in changes if told[one.person_id] == "accepted"]
    assert {*names, "fine", "e0", "e1"} == {one.person_id for one in accepted}
    read = adapter(tool).read(SEGMENT, [one.email for one in changes])
    assert {email: one.fields["FNAME"] for email, one in read.items()} == {
        one.email: one.fields.get("FNAME") for one in accepted
    }


def test_check_finds_what_is_not_as_the_rows_say(tool: Running) -> None:
    adapter(tool).check(SEGMENT, ["FNAME", "LNAME"])
    with pytest.raises(DestinationError, match="no merge field SHOE"):
        adapter(tool).check(SEGMENT, ["FNAME", "SHOE"])
    with pytest.raises(DestinationError, match="404"):
        adapter(tool, account="of/another?account").check(SEGMENT, [])
    with pytest.raises(DestinationError, match="does not accept the secret"):
        Mailchimp(row_of(tool), secret="f" * 32 + "-us1").check(SEGMENT, [])
    Mailchimp(row_of(tool), secret=FakeMailchimp.token).check(SEGMENT, [])
    elsewhere = replace(row_of(tool), base_url="https://us9.api.mailchimp.com/3.0")
    with pytest.raises(DestinationError, match="data centre us1"):
        Mailchimp(elsewhere, secret=FakeMailchimp.secret).check(SEGMENT, [])


def test_a_renamed_field_is_found_before_it_is_lost(tool: Running) -> None:
    adapter(tool).send(SEGMENT, [change("ann", FNAME="Ann")])
    tool.fake.rename_field()
    with pytest.raises(DestinationError, match="no merge field FNAME"):
        adapter(tool).check(SEGMENT, ["FNAME"])


def test_a_segment_nobody_made_is_empty(tool: Running) -> None:
    assert adapter(tool).read(SEGMENT, ["ann@example.com"]) == {}
    assert list(adapter(tool).members(SEGMENT)) == []
    changes = [change("ann", operation="remove")]
    assert states(changes, adapter(tool).send(SEGMENT, changes)) == {"ann": "accepted"}
    assert audience(tool).segments == {}
