"""Changes and addresses that the tests of the destinations send."""

from __future__ import annotations

from orchestration.lib.destinations.contract import Answer, Change, Operation

# characters that a tool, a query or a path could stumble over; every one is a possible address
HOSTILE = (
    "ana+news@acme-demo.com",
    "o'neil@acme-demo.com",
    "robert');drop/**/table--@acme-demo.com",
    "=1+1@acme-demo.com",
    "100%@acme-demo.com",
    "анна@acme-demo.com",
)
# names that are written as they are or refused with a reason
NAMES = (
    "=cmd|' /c calc'!A0",
    "Robert'); drop table people;--",
    "\u202eevil\u202c",
    "line\nbreak\ttab",
    "José \U0001f600",
    'quote " and \\ slash',
)


def change(
    person_id: str, email: str, operation: Operation = "add", *, remote_id: str | None = None,
    **fields: str | None,
) -> Change:  # fmt: skip
    """One change, with the key that a repetition of it has too."""
    key = f"{person_id}|{operation}|{email}|{sorted(fields.items())}"
    return Change(
        person_id=person_id,
        operation=operation,
        email=email,
        idempotency_key=key,
        fields=fields,
        remote_id=remote_id,
    )


def adds(count: int) -> list[Change]:
    """Additions of people p0, p1, … with one address each."""
    return [change(f"p{number}", f"p{number}@acme-demo.com") for number in range(count)]


def states(answers: list[Answer]) -> dict[str, str]:
    """The state of each answer by person."""
    assert len({answer.person_id for answer in answers}) == len(answers)
    return {answer.person_id: answer.state for answer in answers}
