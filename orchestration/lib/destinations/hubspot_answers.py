"""What HubSpot answers to a batch of contacts: who was taken, who was refused and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.lib.destinations.answers import Answers, answer
from orchestration.lib.destinations.contract import Change
from orchestration.lib.destinations.scrubbing import scrubbed

OTHER_ADDRESSES = "hs_additional_emails"
# what HubSpot may take the next time
PASSING = ("RATE_LIMITS", "INTERNAL_ERROR", "CONCURRENT_MODIFICATION")


def read_upsert(changes: Sequence[Change], told: Any) -> tuple[Answers, dict[str, str]]:
    """Answers for what was refused, and the record of each person that was taken."""
    traced = {change.person_id for change in changes}
    by_address = {change.email.strip().lower(): change.person_id for change in changes}
    records: dict[str, str] = {}
    for one in told.get("results") or ():
        person = one.get("objectWriteTraceId")
        person = person if person in traced else by_address.get(_primary(one))
        if person:
            records[person] = str(one["id"])
    answers: Answers = {}
    for error in told.get("errors") or ():
        state = "rejected_retryable" if error.get("category") in PASSING else "rejected_permanent"
        for person in _concerned(error, traced, by_address):
            answers[person] = answer(person, state, scrubbed(str(error.get("message"))))
    for person in traced - set(records) - set(answers):
        answers[person] = answer(person, "rejected_retryable", "the tool did not tell of it")
    return answers, {person: one for person, one in records.items() if person not in answers}


def _concerned(error: dict[str, Any], traced: set[str], by_address: Mapping[str, str]) -> list[str]:
    """The people an error is about: by their trace, else by their address."""
    context = error.get("context") or {}
    named = [str(one) for one in context.get("objectWriteTraceId") or ()]
    named += [by_address.get(str(one).lower(), "") for one in context.get("ids") or ()]
    return [person for person in named if person in traced]


def _primary(contact: dict[str, Any]) -> str:
    return (contact["properties"].get("email") or "").lower()


def addresses(contact: dict[str, Any]) -> list[str]:
    """All addresses of a contact in lower case, its first one last."""
    others = (contact["properties"].get(OTHER_ADDRESSES) or "").lower().split(";")
    return [address for address in (*others, _primary(contact)) if address]
