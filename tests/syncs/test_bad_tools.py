"""Tools that do otherwise than they say, by hand or by fault: each is noticed, and told clearly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import (
    Destination,
    DestinationError,
    DestinationRow,
    Refusal,
)
from orchestration.lib.destinations.rows import open_destination
from orchestration.lib.errors import TouchlineError
from orchestration.lib.syncs import answering, applying, planning, refusing
from orchestration.lib.syncs.ledger import plans_of
from orchestration.lib.syncs.verifying import verify_segment
from tests.syncs.crash_worlds import TOOLS
from tests.syncs.small_homes import AS_OF, SEGMENT, TOOL, Person, SyncHome

# what the fakes rename, and which account their secret does not open
RENAMED = {
    "mailchimp": "FNAME",
    "hubspot": "journey_stage",
    "activecampaign": "JOURNEY_STAGE",
    "salesforce": "Journey_Stage__c",
}
ANOTHER = {
    "mailchimp": "0therl1st",
    "hubspot": "12",
    "activecampaign": "8",
    "salesforce": "Contact.Other__c",
}
COUNT = 12


class Bench:
    """A home whose one tool is a real adapter over HTTP; all but the audience files."""

    def __init__(self, kind: str, home: SyncHome, tool: Running) -> None:
        self.kind, self.home, self.fake = kind, home, tool.fake
        self.row = DestinationRow(
            destination=TOOL,
            kind=kind,
            base_url=tool.base_url,
            account=TOOLS[kind].account,
            secret_name="KEY",
            requests_per_second=1000,
            new_member_status="pending",
        )
        self.use()

    def use(self, **row: Any) -> Destination:
        """Open the tool by its row, with some cells otherwise."""
        opened = open_destination(
            replace(self.row, **row), environment={"KEY": type(self.fake).secret}
        )
        vars(self.home)["tool"] = opened
        return opened

    def sync(self, **how: Any) -> None:
        """Plan and apply one told field."""
        self.home.apply(self.home.plan(fields={str(TOOLS[self.kind].field): "stage"}, **how))

    def verify(self) -> Any:
        """Read all of it back."""
        return verify_segment(self.home.ledger, self.use(), SEGMENT)


@pytest.fixture(params=[kind for kind, tool in TOOLS.items() if tool.fake])
def bench(request: pytest.FixtureRequest, home: SyncHome) -> Iterator[Bench]:
    fake = TOOLS[request.param].fake()
    vars(fake)["per_second"] = 10_000
    people = [Person(person_id=f"p{number}", stage="decision") for number in range(COUNT)]
    if request.param == "salesforce":
        for one in people:
            fake.state.make("Contact", Email=one.address)
    home.publish(*people)
    with ExitStack() as stack:
        yield Bench(request.param, home, stack.enter_context(running(fake)))


def test_an_answer_that_did_nothing_is_believed_of_nobody(bench: Bench) -> None:
    bench.use(canary_share=0.2)
    bench.fake.faults.switch("nothing_applied", where="P(OST|UT|ATCH)", times=None)
    try:
        bench.sync()
    except TouchlineError as error:
        assert error.remedy
    else:
        # what comes after the first call is refused, as that call made nothing
        (plan,) = plans_of(bench.home.ledger)
        assert all(reason for *_, reason in bench.home.changes(plan))
    assert bench.home.held() == {}
    bench.fake.faults.clear()
    bench.use()
    bench.sync()
    assert bench.verify().agrees


def test_half_of_a_list_lost_is_told_and_brought_back(bench: Bench) -> None:
    bench.sync()
    bench.fake.delete_half()
    found = bench.verify()
    assert len(found.missing) == COUNT // 2
    bench.sync(resync=True)
    assert bench.verify().agrees


@pytest.mark.parametrize("bench", ["salesforce"], indirect=True)
def test_who_is_made_in_the_crm_later_comes_in_and_keeps_nobody_waiting(bench: Bench) -> None:
    contacts = bench.fake.state.tables["Contact"]
    there = contacts.popitem()[1]["Email"]
    contacts.clear()
    bench.fake.state.make("Contact", Email=there)
    bench.use(batch_size=1)
    bench.sync()
    assert list(bench.home.held()) == [there], "it came after many whom the CRM does not have"
    bench.fake.state.make("Contact", Email="p0@acme-demo.com")
    bench.use()
    bench.sync()
    assert sorted(bench.home.held()) == sorted([there, "p0@acme-demo.com"])
    assert bench.verify().agrees


def test_the_latest_answer_says_whether_a_refusal_is_for_good(home: SyncHome) -> None:
    people = [Person(person_id=f"p{number}") for number in range(4)]
    home.publish(*people)
    home.tool.incompliant = {"p2@acme-demo.com", "p3@acme-demo.com"}
    home.sync()
    assert home.plan().withheld == 2
    home.tool.incompliant = set()
    home.tool.faults = ["partial"]
    home.sync(resync=True)
    assert home.plan().withheld == 0
    home.sync()
    assert len(home.held()) == 4
    home.publish()
    home.sync("empty_segment")
    home.publish(*people)
    assert (home.plan().additions, home.plan().withheld) == (4, 0)


@pytest.mark.parametrize("bench", RENAMED, indirect=True)
def test_a_renamed_field_is_told_by_its_name(bench: Bench) -> None:
    bench.use().check(SEGMENT, [RENAMED[bench.kind]])
    bench.fake.rename_field()
    with pytest.raises(DestinationError, match=RENAMED[bench.kind]) as told:
        bench.use().check(SEGMENT, [RENAMED[bench.kind]])
    assert told.value.remedy


@pytest.mark.parametrize("bench", ANOTHER, indirect=True)
def test_a_list_of_another_account_is_told_by_its_id(bench: Bench) -> None:
    other = ANOTHER[bench.kind]
    with pytest.raises(DestinationError, match=other.rpartition(".")[2]) as told:
        bench.use(account=other).check(SEGMENT, [])
    assert told.value.remedy
    assert not any(call.method != "GET" and "oauth" not in call.path for call in bench.fake.calls)


@pytest.mark.parametrize("step", [timedelta(hours=-7), timedelta(days=4000)])
def test_a_clock_that_jumps_changes_nothing(
    home: SyncHome, monkeypatch: pytest.MonkeyPatch, step: timedelta
) -> None:
    jumps = count()

    def now() -> datetime:
        return AS_OF + next(jumps) % 50 * step

    for module in (answering, applying, planning, refusing):
        monkeypatch.setattr(module, "utc_now", now)
    for stage in ("awareness", "decision", "retention"):
        people = [Person(person_id=f"p{number}", stage=stage) for number in range(COUNT)]
        home.publish(*people, Person(person_id=stage))
        home.tool.faults = ["lost_after"]
        home.apply(home.plan(guards=[]))
    assert [plan.plan_id for plan in plans_of(home.ledger)] == ["p000003", "p000002", "p000001"]
    assert set(home.tool.done.values()) == {1}, "nothing is told twice"
    assert verify_segment(home.ledger, home.tool, SEGMENT).agrees
    assert len(home.held()) == COUNT + 1


def test_a_refusal_dated_years_ahead_or_ago_hides_no_other(home: SyncHome) -> None:
    def refuse(name: str, moment: datetime) -> None:
        email = f"{name}@acme-demo.com"
        told = Refusal(email=email, status="unsubscribed", happened_at=moment)
        home.tool.refused.append(told)

    home.publish(*[Person(person_id=f"p{number}") for number in range(4)])
    refuse("p0", datetime(1970, 1, 2, tzinfo=UTC))
    refuse("p1", datetime(2090, 1, 2, tzinfo=UTC))
    home.sync()
    assert sorted(home.held()) == ["p2@acme-demo.com", "p3@acme-demo.com"]
    refuse("p2", datetime.now(UTC))
    home.sync()
    home.sync(guards=[])
    assert sorted(home.held()) == ["p3@acme-demo.com"]
