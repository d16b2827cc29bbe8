"""Changes as the engine makes them of people as they come in; what every answer must be."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from orchestration.lib.destinations.contract import Answer, Change, Operation

SEGMENT = "win_back"
# people as they come in: each address or name arrives as it is, or is rejected with a reason
HOSTILE_EMAILS = (
    "plus+tag@example.com",
    "o'hara@example.com",
    '"quoted name"@example.com',
    "ünïcode@exämple.de",
    f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 8}.com",
    "control\x07@example.com",
    "right\u202eleft@example.com",
    "no-address",
    "a@b@example.com",
)
HOSTILE_NAMES = (
    "=cmd|' /C calc'!A0",
    "Robert'); drop table members;--",
    "\u202eevil",
    "tab\there\x00and null",
    "<script>alert(1)</script>",
    "日本語 العربية 👩‍👩‍👧",
    '"quoted", with, commas',
)


def change(
    person: str,
    email: str | None = None,
    *,
    operation: Operation = "add",
    **fields: str | None,
) -> Change:
    """One change of one person."""
    email = f"{person}@example.com" if email is None else email
    content = repr((SEGMENT, person, operation, email, sorted(fields.items())))
    return Change(
        person_id=person,
        operation=operation,
        email=email,
        idempotency_key=sha256(content.encode()).hexdigest(),
        fields=fields,
    )


def states(changes: Sequence[Change], answers: Sequence[Answer]) -> dict[str, str]:
    """State by person; no change is without its one answer, no rejection without a reason."""
    assert sorted(one.person_id for one in answers) == sorted(one.person_id for one in changes)
    assert all((one.reason is None) == (one.state == "accepted") for one in answers), answers
    return {one.person_id: one.state for one in answers}
