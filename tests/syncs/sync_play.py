"""Plays a block of small states: what a sync may meet, and what it must never do.

Ids are prefixed by group, so that one call meets many states. The truth of who may be told is kept
here, apart from all SQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orchestration.lib.access.marks import PERSON, form
from orchestration.lib.access.personal import EMAIL
from orchestration.lib.destinations.contract import DestinationRow, Refusal
from orchestration.lib.erasing.tombstones import write_tombstone
from orchestration.lib.errors import TouchlineError
from orchestration.lib.syncs import answering, applying, refusing, sending
from orchestration.lib.syncs.guards import Guard
from orchestration.lib.syncs.ledger import Plan, plan_of
from orchestration.lib.syncs.verifying import verify_segment
from tests.syncs.memory_tool import Killed
from tests.syncs.small_homes import AS_OF, SEGMENT, TOOL, Person, SyncHome
from tests.syncs.sync_states import Block, Call, Life, Round

SEGMENTS = (SEGMENT, "other")
SHARE = 0.5
LEAST = 5
ATTEMPTS = 8
GUARDS = [
    Guard(guard="removals_share", threshold=SHARE, min_count=LEAST, severity="stop"),
    Guard(guard="empty_segment", threshold=0, min_count=0, severity="stop"),
    Guard(guard="bad_key", threshold=10_000, min_count=0, severity="stop"),
    Guard(guard="unresolved_plan", threshold=0, min_count=0, severity="stop"),
]
# a home there is written without waiting for a disk
IN_MEMORY = Path("/dev/shm")


@dataclass
class Play:
    """One warehouse, its people, and the calls made on it; laws are checked after each."""

    home: SyncHome
    people: dict[str, Person] = field(default_factory=dict)
    lives: dict[str, Life] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    as_of: datetime = AS_OF
    point: str = ""
    seen: int = 0

    def begin(self, block: Block) -> None:
        """Everybody there is at first."""
        for number, group in enumerate(block.groups):
            for place, life in enumerate(group):
                name = f"g{number:03d}p{place}"
                self.lives[name] = life
                self.people[name] = _begun(name, life.start, SEGMENTS[number % 2])

    def refuse(self, number: int) -> None:
        """Some refuse in the tool, before or after the version's moment; some are erased."""
        forms = []
        for origin, person in self.people.items():
            move = self.lives[origin].moves[number]
            if move.startswith("refuses"):
                is_second = "second" in move and person.emails
                email = person.emails[0] if is_second else person.address or ""
                hours = -5 if len(email) % 2 else 5
                told = Refusal(
                    email=email,
                    status=("unsubscribed", "complained", "suppressed")[len(self.erased) % 3],
                    happened_at=self.as_of.replace(tzinfo=UTC) + timedelta(hours=hours),
                )
                self.home.tool.refused.append(told)
            if move.startswith("is erased"):
                addresses = {person.address or "", *person.emails}
                self.erased |= addresses
                self.leaving |= addresses
                forms += [form(PERSON, "", person.person_id)]
                forms += [form(EMAIL, "", address) for address in sorted(addresses)]
        if forms:
            write_tombstone(self.home.settings, f"e{number}", forms)

    def change(self, number: int) -> None:
        """What the next version knows: in or out, yes or no, other fields, address or id."""
        for origin, person in list(self.people.items()):
            move = self.lives[origin].moves[number]
            if move == "is erased":
                del self.people[origin]
            elif move == "is erased and comes back":
                self.people[origin] = replace(person, person_id=f"{person.person_id}r", emails=())
                self.returned |= {person.address or ""}
            else:
                moved = _moved(person, move)
                # who was erased is landed by no address that they had then
                kept = tuple(email for email in moved.emails if email not in self.erased)
                self.people[origin] = replace(moved, emails=kept)

    def publish(self, one: Round) -> None:
        """A version of what the warehouse knows: refusals only where it has read the file."""
        self.as_of += timedelta(days=one.days)
        self.leaving = set()
        files = sorted((self.home.settings.landing / "files" / "consents").glob("*.jsonl"))
        read = files[: one.reads]
        known = {
            row["email"]
            for file in read
            for row in map(json.loads, file.read_text().splitlines())
            if datetime.fromisoformat(row["changed_at"]).replace(tzinfo=None) < self.as_of
        }
        self.home.publish(
            *(
                replace(person, is_eligible=False)
                if known & {person.address, *person.emails}
                else person
                for person in self.people.values()
            ),
            as_of=self.as_of,
            segments=SEGMENTS,
            files=[f"files/consents/{file.name}" for file in read],
        )

    def sync(self, segment_id: str, call: Call) -> Plan | None:
        """Plan and apply, through all that goes wrong; nothing where a guard stopped it."""
        tool = self.home.tool
        tool.row = DestinationRow(
            destination=TOOL,
            kind="memory",
            batch_size=max(1, ceil(len(self.people) / len(SEGMENTS) / call.parts)),
            canary_share=call.canary,
        )
        plan = self.home.plan(segment_id, resync=call.is_resync, guards=GUARDS, now=self.as_of)
        before = plan.acknowledged
        tool.faults, self.point = list(call.faults), call.point
        for _ in range(ATTEMPTS):
            try:
                self.home.apply(plan)
                break
            except (TouchlineError, Killed) as error:
                self._check_sent(plan, before)
                if isinstance(error, TouchlineError) and "guard" in error.what:
                    return None
                if plan_of(self.home.ledger, plan.plan_id).status == "replaced":
                    break
                if call.restarts:
                    self.home.restart()
            if not tool.faults:
                self.point = ""
        tool.faults, self.point = [], ""
        self._check_sent(plan, before)
        return plan_of(self.home.ledger, plan.plan_id)

    def undo(self, plan: Plan) -> None:
        """Take a plan back, without faults."""
        undo = self.home.undo(plan)
        names = [finding["guard"] for finding in undo.findings]
        self._check_sent(self.home.apply(undo, *names), before=None)

    def may_be_told(self, person: Person) -> bool:
        """The truth: the warehouse says yes, and no address of the person refused or is erased."""
        closed = {refusal.email for refusal in self.home.tool.refused} | self.erased
        return bool(person.is_eligible) and not closed & {person.address, *person.emails}

    def wanted(self, segment_id: str) -> set[str]:
        """The truth: the addresses that belong into a segment."""
        return {
            person.address or ""
            for person in self.people.values()
            if person.is_member and person.segment_id == segment_id and self.may_be_told(person)
        }

    def reach(self, name: str) -> None:
        """A named point of an apply: the process ends where the call says so, once."""
        if name == self.point:
            self.point = ""
            raise Killed

    def _check_sent(self, plan: Plan, before: int | None) -> None:
        """What was done since the last look was allowed, and done once."""
        done, self.seen = self.home.tool.seen[self.seen :], len(self.home.tool.seen)
        people = list(self.people.values())
        # an undo brings people back by the address they had
        owners = {email: person for person in people for email in person.emails}
        owners |= {person.address: person for person in people}
        for segment_id, operation, email in done:
            if operation != "remove":
                owner = owners.get(email)
                assert owner and self.may_be_told(owner), f"{email} may not be told"
                assert segment_id == owner.segment_id
        twice = {key: count for key, count in self.home.tool.done.items() if count > 1}
        assert twice == {}, "sent twice"
        removed = sum(change[0] == "remove" for change in self.home.changes(plan))
        if before is not None and any(operation == "remove" for _, operation, _ in done):
            assert removed < LEAST or removed <= SHARE * before, "removed beyond the guard"
            assert plan.members or not before, "a segment of nobody was emptied"


def assert_laws_at_rest(play: Play, segment_id: str) -> None:
    """After a sync without faults the tool holds exactly who belongs there, and says so.

    Somebody erased since the version was published is taken out by the next one; of one whom that
    version has again nothing is told, also not that they are to leave.
    """
    tool = play.home.tool.segments.get(segment_id, {})
    there, wanted = tool.keys() - play.leaving - play.returned, play.wanted(segment_id)
    assert there == wanted, f"too many: {there - wanted}, too few: {wanted - there}"
    assert verify_segment(play.home.ledger, play.home.tool, segment_id).agrees


@contextmanager
def played(block: Block) -> Iterator[Play]:
    """A home of its own in memory, in which a block begins."""
    folder = str(IN_MEMORY) if IN_MEMORY.is_dir() else None
    with TemporaryDirectory(dir=folder) as place, pytest.MonkeyPatch.context() as patches:
        play = Play(home=SyncHome(Path(place)))
        for module in (answering, applying, refusing, sending):
            patches.setattr(module, "failpoint", play.reach)
        play.begin(block)
        try:
            yield play
        finally:
            play.home.close()


def _begun(name: str, start: str, segment_id: str) -> Person:
    address = f"{name}@acme-demo.com"
    second = (f"{name}@second-demo.com",) if start == "with a second address" else ()
    return Person(
        person_id=name,
        segment_id=segment_id,
        email=address,
        emails=second,
        is_member=start != "unwanted",
        is_eligible=start != "barred",
        first_name="=1+1" if start == "with an odd name" else "Ana",
    )


def _moved(person: Person, move: str) -> Person:
    """A person after one move; an address is kept as a further one."""
    if move == "leaves or enters":
        return replace(person, is_member=not person.is_member)
    if move == "may or may not":
        return replace(person, is_eligible=not person.is_eligible)
    if move == "has another name":
        return replace(person, first_name=None if person.first_name else "O'Neil")
    if move == "has another stage":
        return replace(person, stage="decision" if person.stage == "awareness" else "awareness")
    if move == "has another address":
        emails = tuple(sorted({*person.emails, person.address or ""}))
        return replace(person, email=f"x{person.address}", emails=emails)
    if move == "has another id":
        return replace(person, person_id=f"{person.person_id}x")
    return person
