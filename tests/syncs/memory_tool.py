"""A destination in memory, with faults that tests switch on; it keeps what happened to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
    UnknownOutcomeError,
)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class MemoryTool:
    """Holds segments by address. Faults are names, taken from the left, one per call of send.

    lost_before, lost_after: no answer, nothing or all of it done. killed_before, killed_after: the
    process ends. down: nothing can be sent. ignored: all accepted, nothing done. partial: every
    second change is rejected_retryable. silent: only the first change is answered.
    """

    row: DestinationRow
    fields: tuple[str, ...] = ("FNAME", "STAGE")
    segments: dict[str, dict[str, dict[str, str | None]]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    poisoned: set[str] = field(default_factory=set)
    incompliant: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    calls: int = 0

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Fields must exist, and the tool must be up."""
        if self.faults[:1] == ["down"]:
            raise DestinationError("the tool is down", self.row.base_url or "", "wait")
        unknown = sorted(set(fields) - set(self.fields))
        if unknown:
            raise DestinationError(f"no field {', '.join(unknown)}", segment_id, "map another")

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Do what each change says, unless a fault says otherwise."""
        self.calls += 1
        assert len(changes) <= self.row.batch_size
        assert len({change.person_id for change in changes}) == len(changes)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "down":
            raise DestinationError("the tool is down", segment_id, "wait")
        if fault == "lost_before":
            raise UnknownOutcomeError("no answer", segment_id, "read it back")
        if fault == "killed_before":
            raise Killed
        if any(change.email in self.poisoned for change in changes):
            raise DestinationError("the batch is malformed", segment_id, "look at its rows")
        if fault == "ignored":
            return [_accepted(change) for change in changes]
        answers = [
            self._do(segment_id, change, skip=fault == "partial" and number % 2 == 1)
            for number, change in enumerate(changes)
        ]
        if fault == "lost_after":
            raise UnknownOutcomeError("no answer", segment_id, "read it back")
        if fault == "killed_after":
            raise Killed
        return answers[:1] if fault == "silent" else answers

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """Members among the addresses."""
        held = self.segments.get(segment_id, {})
        return {
            email: Member(email=email, remote_id=f"r-{email}", fields=held[email])
            for email in emails
            if email in held
        }

    def members(self, segment_id: str) -> Iterator[Member]:
        """All members."""
        yield from self.read(segment_id, list(self.segments.get(segment_id, {}))).values()

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """Refusals at or after the moment."""
        for refusal in self.refused:
            if since is None or refusal.happened_at >= since:
                yield refusal

    def _do(self, segment_id: str, change: Change, *, skip: bool) -> Answer:
        held = self.segments.setdefault(segment_id, {})
        if skip:
            return Answer(person_id=change.person_id, state="rejected_retryable", reason="later")
        if change.email in self.incompliant and change.operation != "remove":
            return Answer(
                person_id=change.person_id, state="rejected_permanent", reason="compliance_state"
            )
        self.done[f"{change.idempotency_key}"] += 1
        self.seen.append((segment_id, change.operation, change.email))
        if change.operation == "remove":
            held.pop(change.email, None)
        else:
            held.setdefault(change.email, {}).update(change.fields)
        return _accepted(change)


def _accepted(change: Change) -> Answer:
    return Answer(person_id=change.person_id, state="accepted", remote_id=f"r-{change.email}")
