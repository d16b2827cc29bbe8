"""A webhook over HTTP against its stand-in: signed, told once, halved where a row is at fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from time import time
from typing import Any

import pytest

from orchestration.fakes.faults import Kind
from orchestration.fakes.server import Running, running
from orchestration.fakes.webhook import FakeWebhook
from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
    UnreadableError,
)
from orchestration.lib.destinations.signing import is_signed, signature
from orchestration.lib.destinations.webhook import ENOUGH_REFUSED, Webhook
from tests.destinations.hostile_people import HOSTILE_EMAILS, HOSTILE_NAMES, SEGMENT, change, states
from tests.destinations.waits import IMPATIENT_SECONDS, PATIENT_SECONDS

pytestmark = pytest.mark.usefixtures("waits")


@pytest.fixture
def tool() -> Iterator[Running]:
    with running(FakeWebhook()) as fake:
        yield fake


def adapter(tool: Running, *, secret: str = FakeWebhook.secret, **row: Any) -> Webhook:
    usual = DestinationRow(
        destination="hook",
        kind="webhook",
        base_url=tool.base_url,
        secret_name="WEBHOOK_SECRET",
        requests_per_second=1000.0,
        timeout_seconds=PATIENT_SECONDS,
    )
    return Webhook(replace(usual, **row), secret=secret)


def here(tool: Running) -> set[str]:
    return {member.email for member in adapter(tool).members(SEGMENT)}


def test_changes_arrive_and_are_read_back(tool: Running) -> None:
    hook = adapter(tool)
    changes = [change(f"p{n}", first_name=f"N{n}") for n in range(1500)]
    assert set(states(changes, hook.send(SEGMENT, changes)).values()) == {"accepted"}
    hook.send(SEGMENT, [change("p0", operation="update", stage="won", first_name=None)])
    hook.send(SEGMENT, [change("p1", operation="remove")])
    assert len(here(tool)) == 1499
    read = hook.read(SEGMENT, ["P0@example.com", "p1@example.com"])
    assert {email: one.fields for email, one in read.items()} == {
        "P0@example.com": {"first_name": None, "stage": "won"}
    }
    heads = [call.headers for call in tool.fake.calls if call.method == "POST"]
    assert [head["x-batch-index"] for head in heads] == ["0", "1", "2"]
    assert len({head["x-sync-run"] for head in heads}) == 1
    assert len({head["idempotency-key"] for head in heads}) == 3


def test_the_signature_is_over_moment_and_body() -> None:
    header = signature("word", b'{"a":1}', at=1000)
    assert is_signed("word", b'{"a":1}', header, now=1200.0)
    assert not is_signed("word", b'{"a":2}', header, now=1200.0)
    assert not is_signed("other", b'{"a":1}', header, now=1200.0)
    assert not is_signed("word", b'{"a":1}', header, now=1301.0)
    assert not is_signed("word", b"", "", now=time())


def test_a_wrong_secret_sends_nothing(tool: Running) -> None:
    with pytest.raises(DestinationError, match="does not accept the secret"):
        adapter(tool, secret="guess").send(SEGMENT, [change("ann")])
    assert tool.fake.state.segments == {}


def test_an_empty_answer_accepts_all(tool: Running) -> None:
    tool.fake.state.tells_results = False
    changes = [change("ann"), change("bob")]
    assert set(states(changes, adapter(tool).send(SEGMENT, changes)).values()) == {"accepted"}


def test_a_batch_it_has_already_is_accepted(tool: Running) -> None:
    changes = [change("ann"), change("bob")]
    tool.fake.faults.switch("broken_after", status=502)
    assert set(states(changes, adapter(tool).send(SEGMENT, changes)).values()) == {"accepted"}
    again = adapter(tool).send(SEGMENT, changes[::-1])
    assert set(states(changes, again).values()) == {"accepted"}
    keys = {call.headers["idempotency-key"] for call in tool.fake.calls}
    assert len(keys) == 1 and len(tool.fake.calls) == 3


def test_a_poisoned_row_is_found_by_halves(tool: Running) -> None:
    tool.fake.state.poison = "p37@example.com"
    changes = [change(f"p{n}") for n in range(100)]
    answers = adapter(tool).send(SEGMENT, changes)
    told = states(changes, answers)
    assert {name for name, state in told.items() if state != "accepted"} == {"p37"}
    reason = next(one.reason for one in answers if one.reason)
    assert "422" in reason and "p37" not in reason
    assert len(here(tool)) == 99 and len(tool.fake.calls) < 20


def test_where_every_row_is_refused_the_rest_is_left(tool: Running) -> None:
    tool.fake.faults.switch("server_error", status=422, times=None, where="^POST")
    changes = [change(f"p{n}") for n in range(100)]
    told = list(states(changes, adapter(tool).send(SEGMENT, changes)).values())
    assert told.count("rejected_permanent") == ENOUGH_REFUSED
    assert told.count("rejected_retryable") == 100 - ENOUGH_REFUSED


def test_partial_success_is_read(tool: Running) -> None:
    tool.fake.faults.switch("partial_success")
    changes = [change(f"p{n}") for n in range(10)]
    told = states(changes, adapter(tool).send(SEGMENT, changes))
    late = [one for one in changes if told[one.person_id] == "rejected_retryable"]
    assert len(late) == 5 and len(here(tool)) == 5
    assert set(states(late, adapter(tool).send(SEGMENT, late)).values()) == {"accepted"}
    assert len(here(tool)) == 10


@pytest.mark.parametrize(
    "kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip", "not_json"]
)
def test_silence_is_left_in_doubt_and_may_be_repeated(tool: Running, kind: Kind) -> None:
    tool.fake.faults.switch(kind)
    changes = [change("ann"), change("bob")]
    with pytest.raises(UnknownOutcomeError):
        adapter(tool, timeout_seconds=IMPATIENT_SECONDS).send(SEGMENT, changes)
    assert len(tool.fake.calls) == 1
    assert set(states(changes, adapter(tool).send(SEGMENT, changes)).values()) == {"accepted"}
    assert here(tool) == {"ann@example.com", "bob@example.com"}


def test_what_was_not_applied_is_not_read_back(tool: Running) -> None:
    tool.fake.faults.switch("nothing_applied")
    adapter(tool).send(SEGMENT, [change("ann")])
    assert adapter(tool).read(SEGMENT, ["ann@example.com"]) == {}
    adapter(tool).send(SEGMENT, [change("ann"), change("bob", operation="update")])
    tool.fake.delete_half()
    assert list(adapter(tool).read(SEGMENT, ["ann@example.com", "bob@example.com"])) == [
        "bob@example.com"
    ]


def test_a_webhook_need_not_tell_its_members(tool: Running) -> None:
    tool.fake.state.tells_members = False
    with pytest.raises(UnreadableError, match="does not tell its members"):
        adapter(tool).read(SEGMENT, ["ann@example.com"])
    assert list(adapter(tool).refusals(None)) == []


def test_refusals_are_told_since(tool: Running) -> None:
    tool.fake.state.refusals = [
        {
            "email": "una@example.com",
            "status": "unsubscribed",
            "happened_at": "2026-07-02T00:00:00",
        },
        {"email": "odd@example.com", "status": "moved", "happened_at": "never"},
    ]
    found = list(adapter(tool).refusals(None))
    assert [(one.status, one.happened_at.year) for one in found] == [
        ("unsubscribed", 2026),
        ("suppressed", 1970),
    ]
    assert len(list(adapter(tool).refusals(datetime(2026, 7, 3, tzinfo=UTC)))) == 1


def test_hostile_people_arrive_as_they_are_or_are_rejected(tool: Running) -> None:
    changes = [change(f"n{n}", name=name) for n, name in enumerate(HOSTILE_NAMES)]
    changes += [change(f"e{n}", email) for n, email in enumerate(HOSTILE_EMAILS)]
    told = states(changes, adapter(tool).send(SEGMENT, changes))
    accepted = [one for one in changes if told[one.person_id] == "accepted"]
    assert {one.person_id for one in accepted} == {f"n{n}" for n in range(7)} | {
        "e0", "e1", "e2", "e3"
    }  # fmt: skip
    read = adapter(tool).read(SEGMENT, [one.email for one in changes])
    assert {email: one.fields for email, one in read.items()} == {
        one.email: one.fields for one in accepted
    }
