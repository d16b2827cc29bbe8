"""What a webhook's answers say: of a change, of a member, of somebody who refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    Member,
    Refusal,
    Refused,
    State,
)
from orchestration.lib.destinations.scrubbing import scrubbed

# the words of a result, and what each means
STATES: Mapping[str, State] = {
    **dict.fromkeys(("accepted", "ok", "duplicate"), "accepted"),
    **dict.fromkeys(("retry", "rejected_retryable"), "rejected_retryable"),
    **dict.fromkeys(("rejected", "error", "rejected_permanent"), "rejected_permanent"),
}


def told_of(change: Change, result: Mapping[str, Any] | None) -> Answer:
    """What a result says of a change; none says nothing."""
    if result is None:
        return answer_to(change, "rejected_retryable", "the answer does not name this change")
    word, error = str(result.get("status")), result.get("error")
    state = STATES.get(word, "rejected_retryable")
    if state == "accepted":
        return answer_to(change, state)
    return answer_to(change, state, scrubbed(str(error or word)))


def answer_to(change: Change, state: State, reason: str | None = None) -> Answer:
    """The answer to a change."""
    return Answer(person_id=change.person_id, state=state, reason=reason)


def member_of(value: Mapping[str, Any]) -> Member:
    """A member as the contract has it."""
    fields = value.get("fields")
    pairs = fields.items() if isinstance(fields, dict) else ()
    return Member(
        email=str(value.get("email")),
        remote_id=text_of(value.get("id")),
        fields={str(name): text_of(cell) for name, cell in pairs},
    )


def refusal_of(value: Mapping[str, Any]) -> Refusal:
    """A refusal; a word or moment nobody knows counts as suppressed, since ever."""
    try:
        happened_at = aware(datetime.fromisoformat(str(value.get("happened_at"))))
    except ValueError:
        happened_at = datetime(1970, 1, 1, tzinfo=UTC)
    status = value.get("status")
    return Refusal(
        email=str(value.get("email")),
        status=status if status in get_args(Refused) else "suppressed",
        happened_at=happened_at,
        reason=scrubbed(str(value.get("reason") or status)),
    )


def aware(moment: datetime) -> datetime:
    """A moment with its zone: UTC unless it has one."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def text_of(cell: Any) -> str | None:
    """A cell as text; nothing for null or an empty one."""
    return None if cell is None or cell == "" else str(cell)
