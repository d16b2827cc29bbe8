"""Random people, tools and calls: what a sync may meet, and what it must never do.

A group is a few people of one small state, its ids prefixed; many groups share a warehouse, so
that one call meets many states. The truth of who may be told is kept here, apart from all SQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from orchestration.lib.destinations.contract import DestinationRow, Refusal
from orchestration.lib.errors import TouchlineError
from orchestration.lib.syncs import answering, applying, refusing, sending
from orchestration.lib.syncs.guards import Guard
from orchestration.lib.syncs.ledger import Plan, plan_of
from orchestration.lib.syncs.verifying import verify_segment
from tests.syncs.memory_tool import Killed
from tests.syncs.small_homes import AS_OF, SEGMENT, TOOL, Person, SyncHome

SEGMENTS = (SEGMENT, "other")
FAULTS = ("", "", "lost_before", "lost_after", "killed_before", "killed_after")
FAULTS += ("partial", "silent", "down")
POINTS = ("sync.marked_sent", "sync.answered", "sync.before_acknowledging", "sync.answers_kept")
POINTS += ("sync.applying", "sync.before_closing", "sync.refusals_kept", "sync.refusals_landed")
SHARE = 0.5
LEAST = 5
GUARDS = [
    Guard(
        guard="removals_share", destination=None, threshold=SHARE, min_count=LEAST, severity="stop"
    ),
    Guard(guard="empty_segment", destination=None, threshold=0, min_count=0, severity="stop"),
    Guard(guard="bad_key", destination=None, threshold=10_000, min_count=0, severity="stop"),
    Guard(guard="unresolved_plan", destination=None, threshold=0, min_count=0, severity="stop"),
]


@dataclass
class Play:
    """One warehouse, its people, and the calls made on it; laws are checked after each."""

    random: Random
    home: SyncHome
    monkeypatch: pytest.MonkeyPatch
    people: dict[str, Person] = field(default_factory=dict)
    as_of: datetime = AS_OF
    point: str = ""
    seen: int = 0
    sent: int = 0

    def __post_init__(self) -> None:
        for module in (answering, applying, refusing, sending):
            self.monkeypatch.setattr(module, "failpoint", self._failpoint)

    def begin(self, groups: int) -> None:
        """Everybody there is at first."""
        for group in range(groups):
            for number in range(self.random.randint(1, 3)):
                person = self._person(f"g{group:03d}p{number}", SEGMENTS[group % 2])
                self.people[person.person_id] = person

    def change(self) -> None:
        """Some people change: in or out, yes or no, other fields, another address or id."""
        for name, person in list(self.people.items()):
            if self.random.random() < 0.3:
                del self.people[name]
                is_renamed = self.random.random() < 0.1
                changed = self._changed(
                    replace(person, person_id=f"{name}x") if is_renamed else person
                )
                self.people[changed.person_id] = changed

    def refuse(self) -> None:
        """Some refuse in the tool, by any of their addresses."""
        for person in self.people.values():
            if self.random.random() < 0.06:
                email = self.random.choice([person.address, *person.emails])
                late = self.as_of.replace(tzinfo=UTC) + timedelta(hours=self.random.choice((-5, 5)))
                status = self.random.choice(("unsubscribed", "complained", "suppressed"))
                told = Refusal(email=email or "", status=status, happened_at=late)
                self.home.tool.refused.append(told)

    def publish(self) -> None:
        """A version of what the warehouse knows: refusals only where it has read the file."""
        self.as_of += timedelta(days=self.random.choice((0, 1)))
        files = sorted((self.home.settings.landing / "files" / "consents").glob("*.jsonl"))
        read = files[: self.random.randint(0, len(files))]
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

    def sync(self, segment_id: str, *, resync: bool, faults: bool) -> Plan | None:
        """Plan and apply, with or without faults; nothing where a guard stopped it."""
        tool = self.home.tool
        tool.row = DestinationRow(
            destination=TOOL,
            kind="memory",
            batch_size=self.random.choice((4, 30, 500)),
            canary_share=self.random.choice((0.0, 0.2)),
        )
        plan = self.home.plan(segment_id, resync=resync, guards=GUARDS, now=self.as_of)
        before = plan.acknowledged
        if faults:
            tool.faults = self.random.choices(FAULTS, k=6)
            self.point = self.random.choice(("", *POINTS))
        for _ in range(8):
            try:
                self.home.apply(plan)
                break
            except (TouchlineError, Killed) as error:
                self._check_sent(plan, before)
                if isinstance(error, TouchlineError) and "guard" in error.what:
                    return None
                if plan_of(self.home.ledger, plan.plan_id).status == "replaced":
                    break
                if self.random.random() < 0.2:
                    self.home.restart()
            if not tool.faults:
                self.point = ""
        tool.faults, self.point = [], ""
        self._check_sent(plan, before)
        return plan_of(self.home.ledger, plan.plan_id)

    def undo(self, plan: Plan) -> Plan:
        """Take a plan back, without faults."""
        undo = self.home.undo(plan)
        names = [finding["guard"] for finding in undo.findings]
        applied = self.home.apply(undo, *names)
        self._check_sent(applied, before=None)
        return applied

    def may_be_told(self, person: Person) -> bool:
        """The truth: the warehouse says yes and nobody refused by any address of the person."""
        refused = {refusal.email for refusal in self.home.tool.refused}
        return bool(person.is_eligible) and not refused & {person.address, *person.emails}

    def wanted(self, segment_id: str) -> set[str]:
        """The truth: the addresses that belong into a segment."""
        return {
            person.address or ""
            for person in self.people.values()
            if person.is_member and person.segment_id == segment_id and self.may_be_told(person)
        }

    def _check_sent(self, plan: Plan, before: int | None) -> None:
        """What was done since the last look was allowed, and done once."""
        done, self.seen = self.home.tool.seen[self.seen :], len(self.home.tool.seen)
        self.sent += len(done)
        addresses = {person.address: person for person in self.people.values()}
        for segment_id, operation, email in done:
            if operation != "remove":
                assert self.may_be_told(addresses[email]), f"{email} may not be told"
                assert segment_id == addresses[email].segment_id
        twice = {key: count for key, count in self.home.tool.done.items() if count > 1}
        assert twice == {}
        removed = sum(change[0] == "remove" for change in self.home.changes(plan))
        if before is not None and any(operation == "remove" for _, operation, _ in done):
            assert removed < LEAST or removed <= SHARE * before
            assert plan.members or not before

    def _person(self, name: str, segment_id: str) -> Person:
        emails = (f"{name}@second-demo.com",) if self.random.random() < 0.3 else ()
        person = Person(person_id=name, segment_id=segment_id, emails=emails)
        return self._changed(person)

    def _changed(self, person: Person) -> Person:
        chance = self.random.random
        return replace(
            person,
            email=person.address if chance() < 0.9 else f"{person.person_id}@third-demo.com",
            emails=tuple({*person.emails, person.address or ""}),
            is_member=chance() < 0.85,
            is_eligible=chance() < 0.85,
            first_name=self.random.choice(("Ana", "=1+1", None, "O'Neil")),
            stage=self.random.choice(("awareness", "decision", None)),
        )

    def _failpoint(self, name: str) -> None:
        if name == self.point:
            self.point = ""
            raise Killed


def assert_laws_at_rest(play: Play, segment_id: str) -> None:
    """After a sync without faults the tool holds exactly who belongs there, and says so."""
    tool = play.home.tool.segments.get(segment_id, {})
    assert tool.keys() == play.wanted(segment_id)
    assert verify_segment(play.home.ledger, play.home.tool, segment_id).agrees


def fields_of(tool: dict[str, dict[str, str | None]]) -> dict[str, dict[str, str]]:
    """What a tool holds, without empty fields."""
    return {
        email: {name: text for name, text in fields.items() if text}
        for email, fields in tool.items()
    }


def plays(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, seeds: range, groups: int
) -> Iterator[Play]:
    """One play per seed, closed when the next one is asked for."""
    for seed in seeds:
        play = Play(random=Random(seed), home=SyncHome(folder / str(seed)), monkeypatch=monkeypatch)
        play.begin(groups)
        yield play
        play.home.close()
