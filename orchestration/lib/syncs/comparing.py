"""Whether a destination holds what it was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestration.lib.destinations.contract import Change, Member


def is_as_wanted(change: Change, member: Member | None, *, proven: bool) -> bool:
    """Whether a change is true of what was read: in with its fields, or out.

    A tool that tells no fields proves none; without asking for proof they are taken to be right.
    """
    if change.operation == "remove":
        return member is None
    if member is None or (proven and change.fields and not member.fields):
        return False
    return not list(differing_fields(change.fields, member))


def differing_fields(wanted: Mapping[str, str | None], member: Member) -> Iterator[str]:
    """Names of fields a member has otherwise; a tool that tells no fields differs in none."""
    if not member.fields:
        return
    for field, text in wanted.items():
        if (member.fields.get(field) or None) != (text or None):
            yield field
