"""Mailchimp when things go wrong: nothing lost or wrongly accepted, a bad row only itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from orchestration.fakes.faults import Kind
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import Change, DestinationError, UnknownOutcomeError
from tests.destinations.hostile_people import SEGMENT, change, states
from tests.destinations.test_mailchimp import adapter, audience, here, known, people
from tests.destinations.waits import IMPATIENT_SECONDS, PATIENT_SECONDS

pytestmark = pytest.mark.usefixtures("waits")

CHANGES = [
    change("ann", FNAME="Ann"),
    change("bob", operation="update", FNAME="Bob"),
    change("cem", operation="remove"),
    change("dee", operation="remove"),
]
WANTED = {"ann@example.com", "bob@example.com"}


@pytest.fixture
def tool() -> Iterator[Running]:
    """An audience that knows all but Ann; Bob, Cem and Dee are in the segment."""
    with running(FakeMailchimp()) as fake:
        for name in ("bob", "cem", "dee"):
            known(fake, f"{name}@example.com", "subscribed", is_member=True)
        yield fake


def true_of(tool: Running, one: Change) -> bool:
    """Whether what a change wants is so in the tool."""
    number = audience(tool).segment(SEGMENT)
    member = people(tool).get(one.email)
    is_member = member is not None and number in member.segments
    if one.operation == "remove":
        return not is_member
    return is_member and all(member.fields.get(name) == cell for name, cell in one.fields.items())


def sent(
    tool: Running, changes: Sequence[Change] = CHANGES, *, seconds: float = PATIENT_SECONDS
) -> dict[str, str]:
    """States by person; nothing is accepted that is not so."""
    told = states(changes, adapter(tool, timeout_seconds=seconds).send(SEGMENT, changes))
    wrong = [one for one in changes if told[one.person_id] == "accepted" and not true_of(tool, one)]
    assert wrong == []
    return told


@pytest.mark.parametrize("where", ["/lists/[^/]+$", "/segments", "/segments/\\d+$"])
@pytest.mark.parametrize("kind", ["too_many", "server_error", "broken_after"])
def test_a_passing_fault_is_waited_for(
    tool: Running, waits: list[float], kind: Kind, where: str
) -> None:
    tool.fake.faults.switch(kind, times=2, where=where)
    assert set(sent(tool).values()) == {"accepted"}
    assert waits == [1.0, 2.0] and here(tool) == WANTED


def test_a_fault_that_stays_before_the_first_write_sent_nothing(tool: Running) -> None:
    tool.fake.faults.switch("too_many", times=None)
    with pytest.raises(DestinationError, match="simultaneous connections"):
        sent(tool)
    assert "ann@example.com" not in people(tool)


def test_a_fault_that_stays_after_it_leaves_the_rest_to_be_tried_again(tool: Running) -> None:
    tool.fake.faults.switch("too_many", times=None, where="/segments")
    assert sent(tool) == {
        "ann": "accepted",
        "bob": "accepted",
        "cem": "rejected_retryable",
        "dee": "rejected_retryable",
    }
    tool.fake.faults.clear()
    assert set(sent(tool, CHANGES[2:]).values()) == {"accepted"}
    assert here(tool) == WANTED


@pytest.mark.parametrize("where", ["/lists/[^/]+$", "/segments/\\d+$"])
@pytest.mark.parametrize(
    "kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip", "not_json"]
)
def test_silence_is_left_in_doubt_and_converges(tool: Running, kind: Kind, where: str) -> None:
    tool.fake.faults.switch(kind, where=where)
    with pytest.raises(UnknownOutcomeError):
        sent(tool, seconds=IMPATIENT_SECONDS)
    read = adapter(tool).read(SEGMENT, [one.email for one in CHANGES])
    number = audience(tool).segment(SEGMENT)
    assert read.keys() == {name for name, one in people(tool).items() if number in one.segments}
    assert set(sent(tool).values()) == {"accepted"} and here(tool) == WANTED


def test_an_expired_token_sends_nothing(tool: Running) -> None:
    tool.fake.faults.switch("token_expired", times=None)
    with pytest.raises(DestinationError, match="does not accept the secret"):
        sent(tool)


def test_partial_success_is_read_per_person(tool: Running) -> None:
    tool.fake.faults.switch("partial_success")
    changes = [change(f"p{n}") for n in range(10)]
    told = sent(tool, changes)
    late = [one for one in changes if told[one.person_id] == "rejected_retryable"]
    assert len(late) == 5
    assert set(sent(tool, late).values()) == {"accepted"}
    assert {one.email for one in changes} <= here(tool)


def test_a_poisoned_row_concerns_itself_alone(tool: Running) -> None:
    changes = [*CHANGES, change("evil", "e\x00vil@example.com"), change("odd", "no-address")]
    told = sent(tool, changes)
    assert {name for name, state in told.items() if state == "rejected_permanent"} == {
        "evil",
        "odd",
    }
    assert here(tool) == WANTED


def test_silence_amid_people_sent_one_by_one_is_left_in_doubt(tool: Running) -> None:
    changes = [change("evil", "e\x00vil@example.com"), change("fay"), change("gus")]
    tool.fake.faults.switch("timeout_after", where="^PUT .*/members/")
    with pytest.raises(UnknownOutcomeError):
        sent(tool, changes, seconds=IMPATIENT_SECONDS)
    assert sent(tool, changes) == {
        "evil": "rejected_permanent",
        "fay": "accepted",
        "gus": "accepted",
    }


def test_a_limit_amid_people_sent_one_by_one_leaves_the_rest(tool: Running) -> None:
    changes = [change("evil", "e\x00vil@example.com"), *(change(f"p{n}") for n in range(3))]
    tool.fake.faults.switch("too_many", times=None, where="^PUT .*/members/")
    with pytest.raises(DestinationError):
        sent(tool, changes)
    assert here(tool) == {f"{name}@example.com" for name in ("bob", "cem", "dee")}


def test_what_was_not_applied_is_not_read_back(tool: Running) -> None:
    tool.fake.faults.switch("nothing_applied", times=None)
    adapter(tool).send(SEGMENT, CHANGES)
    tool.fake.faults.clear()
    read = adapter(tool).read(SEGMENT, [one.email for one in CHANGES])
    assert read.keys() == {f"{name}@example.com" for name in ("bob", "cem", "dee")}
    assert read["bob@example.com"].fields["FNAME"] is None


def test_half_a_list_gone_is_read_back_and_sent_again(tool: Running) -> None:
    changes = [change(f"p{n}", FNAME="N") for n in range(20)]
    sent(tool, changes)
    tool.fake.delete_half()
    left = adapter(tool).read(SEGMENT, [one.email for one in changes])
    assert len(left) < 20
    again = [change(one.person_id, operation="update", FNAME="N") for one in changes]
    assert set(sent(tool, again).values()) == {"accepted"}
    assert {one.email for one in changes} <= here(tool)
