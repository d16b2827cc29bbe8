"""Compares what a destination acknowledged with what it has now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from orchestration.lib.destinations.contract import Destination, Member, UnreadableError
from orchestration.lib.syncs.comparing import differing_fields

# the order of a hash is as good as chance, and the same each time
HELD = """
    select email, person_id, payload from acknowledged
    where destination = $destination and segment_id = $segment_id and payload is not null
    order by md5(email), email
    limit coalesce($sample, 9223372036854775807)
"""
# as many disagreements of a kind are named; all are counted
NAMED = 10


@dataclass(kw_only=True)
class Verification:
    """How a segment stands at its destination against what was acknowledged.

    `missing` and `differing` name persons, `unexpected` only counts: those are known by address
    alone. Of a sample, and of a tool that lists nobody, who is unexpected cannot be said.
    """

    destination: str
    segment_id: str
    checked: int = 0
    missing: list[str] = field(default_factory=list)
    unexpected: int = 0
    differing: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether nothing was found."""
        return not (self.missing or self.unexpected or self.differing)

    def facts(self) -> dict[str, object]:
        """For a script: counts, and the first of each kind."""
        return {
            "destination": self.destination,
            "segment_id": self.segment_id,
            "agrees": self.agrees,
            "checked": self.checked,
            "missing": len(self.missing),
            "unexpected": self.unexpected,
            "differing": len(self.differing),
            "missing_persons": self.missing[:NAMED],
            "differing_persons": [
                {"person_id": person, "fields": list(names)}
                for person, names in self.differing[:NAMED]
            ],
        }


def verify_segment(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    segment_id: str,
    *,
    sample: int | None = None,
) -> Verification:
    """Read a segment back, all of it or a `sample`, and say where the two do not agree.

    Raises UnreadableError where the tool cannot be read.
    """
    name = destination.row.destination
    held = connection.execute(
        HELD, {"destination": name, "segment_id": segment_id, "sample": sample}
    ).fetchall()
    fields = {field for _, _, payload in held for field in _told(payload)}
    destination.check(segment_id, sorted(fields))
    found = Verification(destination=name, segment_id=segment_id, checked=len(held))
    asked = [email for email, _, _ in held]
    is_whole = not sample
    try:
        members = dict(
            _all(destination, segment_id) if is_whole else _read(destination, segment_id, asked)
        )
    except UnreadableError:
        # a tool may know whom it is asked for, and not list them: it raises again if not even that
        members, is_whole = dict(_read(destination, segment_id, asked)), False
    for email, person_id, payload in held:
        member = members.pop(email, None)
        if member is None:
            found.missing.append(person_id)
        elif names := tuple(differing_fields(_told(payload), member)):
            found.differing.append((person_id, names))
    found.unexpected = len(members) if is_whole else 0
    return found


def _told(payload: str) -> Mapping[str, str | None]:
    """Fields with a value; one that never had any was not told, and may have one of its own."""
    return {field: text for field, text in json.loads(payload).items() if text is not None}


def _read(
    destination: Destination, segment_id: str, emails: list[str]
) -> Iterator[tuple[str, Member]]:
    size = destination.row.batch_size
    for start in range(0, len(emails), size):
        yield from destination.read(segment_id, emails[start : start + size]).items()


def _all(destination: Destination, segment_id: str) -> Iterator[tuple[str, Member]]:
    for member in destination.members(segment_id):
        yield member.email.strip().lower(), member
