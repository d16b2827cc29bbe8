"""ActiveCampaign's import over HTTP: many in few calls, each told what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations import activecampaign_imports
from orchestration.lib.destinations.activecampaign import ActiveCampaignDestination, connect
from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
)
from tests.destinations.changes import adds, change, states

IMPORT, LOOK = "bulk_import", "import/info"
ACCEPTED, NEVER = "accepted", "rejected_permanent"
COUNT = 30


@pytest.fixture
def tool() -> Iterator[Running]:
    fake = FakeActiveCampaign()
    fake.per_second = 10_000
    with running(fake) as server:
        yield server


@pytest.fixture(autouse=True)
def early_looks(monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    """Imports are looked at almost at once, and nothing is slept."""
    monkeypatch.setattr(activecampaign_imports, "FIRST_LOOK_SECONDS", 0.01)


def opened(tool: Running, *, seconds: float = 20) -> ActiveCampaignDestination:
    row = DestinationRow(
        destination="mail", kind="activecampaign", base_url=tool.base_url, account="7",
        secret_name="AC_KEY", requests_per_second=10_000, timeout_seconds=seconds,
    )  # fmt: skip
    return connect(row, {"AC_KEY": FakeActiveCampaign.secret})


def writes(tool: Running) -> list[str]:
    """What was written to, but for the tag itself."""
    paths = [call.path for call in tool.fake.calls if call.method != "GET"]
    return [path.removeprefix("/api/3/") for path in paths if not path.endswith("/tags")]


def test_many_take_one_call_for_250(tool: Running) -> None:
    mail = opened(tool)
    people = [
        change(f"p{number}", f"P{number}@acme-demo.com", firstName="Ana", JOURNEY_STAGE="decision")
        for number in range(300)
    ]
    assert set(states(mail.send("welcome", people)).values()) == {ACCEPTED}
    assert writes(tool) == ["import/bulk_import"] * 2
    calls = len(tool.fake.calls)
    read = mail.read("welcome", [one.email for one in people])
    assert len(tool.fake.calls) - calls == 5, "pages of members, not two calls each"
    assert len(read) == 300
    first = read["P0@acme-demo.com"].fields
    assert (first["firstName"], first["JOURNEY_STAGE"]) == ("Ana", "decision")


def test_no_list_is_named_and_nobody_comes_back(tool: Running) -> None:
    state = tool.fake.state
    left = state.make("p0@acme-demo.com")
    state.place("7", left, "2")
    assert set(states(opened(tool).send("welcome", adds(COUNT))).values()) == {ACCEPTED}
    assert state.places["7", left]["status"] == "2"
    assert len(state.places) == 1
    (sent,) = [json.loads(call.body) for call in tool.fake.calls if IMPORT in call.path]
    assert {name for one in sent["contacts"] for name in one} == {
        *("email", "tags", "exclude_automations"),
    }
    assert all(one["exclude_automations"] for one in sent["contacts"])


def test_who_is_named_in_a_refusal_is_refused_alone(tool: Running) -> None:
    bad = [change("long", f"{'a' * 60}@{'b' * 250}.com"), change("none", "no address")]
    answers = opened(tool).send("welcome", [*bad, *adds(COUNT)])
    told = states(answers)
    assert (told.pop("long"), told.pop("none")) == (NEVER, NEVER)
    assert set(told.values()) == {ACCEPTED}
    assert answers[0].reason == "email is not valid"
    assert len(tool.fake.state.tagged("welcome")) == COUNT


def test_who_failed_in_an_import_is_told_alone_and_why(tool: Running) -> None:
    tool.fake.faults.switch("partial_success", where=f"{IMPORT}|contact/sync", times=None)
    told = states(opened(tool).send("welcome", adds(COUNT)))
    assert len(writes(tool)) > COUNT // 2
    taken = {f"{person}@acme-demo.com" for person, state in told.items() if state == ACCEPTED}
    assert taken == set(tool.fake.state.tagged("welcome"))
    assert COUNT // 2 < len(taken) < COUNT


def test_an_emptied_field_is_told_alone(tool: Running) -> None:
    mail = opened(tool)
    mail.send("welcome", [change("p0", "p0@acme-demo.com", firstName="Ana")])
    emptied = change("p0", "p0@acme-demo.com", "update", firstName=None)
    assert set(states(mail.send("welcome", [emptied, *adds(COUNT)[1:]])).values()) == {ACCEPTED}
    assert (
        mail.read("welcome", ["p0@acme-demo.com"])["p0@acme-demo.com"].fields["firstName"] is None
    )


@pytest.mark.parametrize("kind", ["too_many", "server_error", "broken_after"])
@pytest.mark.parametrize("where", [IMPORT, LOOK])
def test_a_busy_tool_is_waited_for(
    tool: Running, waits: list[float], kind: str, where: str
) -> None:
    tool.fake.faults.switch(kind, where=where, times=2, status=502, seconds=3.0)
    assert set(states(opened(tool).send("welcome", adds(COUNT))).values()) == {ACCEPTED}
    assert len(waits) == 2
    assert len(tool.fake.state.contacts) == COUNT


@pytest.mark.parametrize("kind", ["timeout_before", "cut_after"])
def test_silence_leaves_the_outcome_unknown(tool: Running, kind: str) -> None:
    mail = opened(tool, seconds=1.5)
    tool.fake.faults.switch(kind, where=IMPORT)
    with pytest.raises(UnknownOutcomeError):
        mail.send("welcome", adds(COUNT))
    is_there = kind == "cut_after"
    assert len(mail.read("welcome", [one.email for one in adds(COUNT)])) == is_there * COUNT


def test_an_import_that_is_never_worked_off_leaves_the_outcome_unknown(
    tool: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activecampaign_imports, "WORKED_OFF", "never")
    with pytest.raises(UnknownOutcomeError, match="not worked off after 1 seconds"):
        opened(tool, seconds=1).send("welcome", adds(COUNT))


def test_an_import_that_did_nothing_is_seen_by_reading(tool: Running) -> None:
    mail = opened(tool)
    mail.check("welcome", [])
    tool.fake.faults.switch("nothing_applied", where=IMPORT)
    with pytest.raises((DestinationError, UnknownOutcomeError)):
        mail.send("welcome", adds(COUNT))
    assert mail.read("welcome", [one.email for one in adds(COUNT)]) == {}
