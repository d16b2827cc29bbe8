"""What Mailchimp's answers say of people: accepted, refused, held back, or not named at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from typing import Any

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    Member,
    Refusal,
    Refused,
    State,
    UnknownOutcomeError,
)
from orchestration.lib.destinations.replies import Reply, Verdict, told, usual_verdict
from orchestration.lib.destinations.scrubbing import scrubbed

COMPLIANCE = "compliance_state"
# the tool's word for somebody who may not be written to, and ours
REFUSED: Mapping[str, Refused] = {
    "unsubscribed": "unsubscribed",
    "cleaned": "bounced_hard",
    "archived": "suppressed",
    COMPLIANCE: "suppressed",
}
OPEN = ("subscribed", "pending", "transactional")
# words of errors that pass by themselves
PASSING = ("recently", "too many", "try again")
HELD_BACK = ("compliance", "forgotten", "permanently deleted")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was told of one address, and the tags the person has now."""

    state: State
    reason: str | None = None
    remote_id: str | None = None
    tags: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether they may be in a segment."""
        return self.state == "accepted"

    @property
    def is_refused(self) -> bool:
        """Whether the tool may not write to them, whatever we say."""
        return self.reason in REFUSED


def address_key(email: str) -> str:
    """What the tool knows an address by."""
    return email.strip().lower()


def subscriber_hash(email: str) -> str:
    """The hash of an address that paths have."""
    return md5(
        address_key(email).encode("utf-8", errors="replace"), usedforsecurity=False
    ).hexdigest()


def told_of_batch(reply: Reply, keys: Sequence[str], *, where: str) -> dict[str, Told]:
    """What a batch call says of each address; raises UnknownOutcomeError for another answer."""
    body = reply.body if isinstance(reply.body, dict) else {}
    lists = [body.get(name) for name in ("new_members", "updated_members", "errors")]
    if not all(isinstance(one, list) for one in lists):
        raise UnknownOutcomeError(
            f"the answer to a batch names nobody: {told(reply)}",
            f"POST {where}",
            "it is read back before anything is sent again",
        )
    new, updated, errors = lists
    found = {_key(one): _told_of_error(one) for one in errors if isinstance(one, dict)}
    found |= {_key(one): _told_of_member(one) for one in new + updated if isinstance(one, dict)}
    unnamed = Told(state="rejected_retryable", reason="the answer does not name this address")
    return {key: found.get(key, unnamed) for key in keys}


def told_of_one(reply: Reply) -> Told:
    """What the answer to a call about one person says, a refusal included."""
    body = reply.body if isinstance(reply.body, dict) else {}
    if reply.status < 300:
        return _told_of_member(body)
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    text = f"{body.get('title', '')}: {body.get('detail', '')}"
    extra = first if isinstance(first, dict) else {}
    return _told_of_error(
        {"error": text, "field": extra.get("field"), "field_message": extra.get("message")}
    )


def member_of(value: Any, *, segment_id: str | None = None) -> Member | None:
    """A member as the contract has it; None for who may not be written to or lacks the tag."""
    if not isinstance(value, dict) or value.get("status") not in OPEN:
        return None
    if segment_id is not None and segment_id not in _tags(value):
        return None
    fields = value.get("merge_fields")
    return Member(
        email=str(value.get("email_address")),
        remote_id=_remote_id(value),
        fields={
            str(name): _text(cell)
            for name, cell in (fields.items() if isinstance(fields, dict) else ())
        },
    )


def answer_to(change: Change, reason: str | None, told: Told | None = None) -> Answer:
    """Accepted without a reason; one that came after the tool's own answer may pass."""
    state = told.state if told and told.state != "accepted" else "rejected_retryable"
    return Answer(
        person_id=change.person_id,
        state=state if reason else "accepted",
        reason=reason,
        remote_id=told.remote_id if told else change.remote_id,
    )


def held_back(change: Change, told: Told) -> Refusal:
    """That somebody turned out to be refused, now, while they were told."""
    return Refusal(
        email=change.email,
        status=REFUSED.get(told.reason or "", "suppressed"),
        happened_at=datetime.now(UTC),
        reason=told.reason,
    )


def verdict(reply: Reply) -> Verdict:
    """Too many connections may also be a 403 without a word."""
    if reply.status == 403 and not reply.text.strip():
        return "busy"
    return usual_verdict(reply)


def _told_of_member(value: Mapping[str, Any]) -> Told:
    status = str(value.get("status"))
    tags, remote_id = _tags(value), _remote_id(value)
    if status in OPEN:
        return Told(state="accepted", remote_id=remote_id, tags=tags)
    state: State = "rejected_permanent" if status in REFUSED else "rejected_retryable"
    reason = status if status in REFUSED else f"the tool gives the status {scrubbed(status)}"
    return Told(state=state, reason=reason, remote_id=remote_id, tags=tags)


def _told_of_error(error: Mapping[str, Any]) -> Told:
    parts = [error.get("error"), error.get("field"), error.get("field_message")]
    reason = scrubbed(" ".join(str(part) for part in parts if part)) or "refused without a reason"
    lower = reason.lower()
    if any(word in lower for word in HELD_BACK):
        return Told(state="rejected_permanent", reason=COMPLIANCE)
    passes = error.get("error_code") == "ERROR_CONTACT_EXISTS" or any(
        word in lower for word in PASSING
    )
    return Told(state="rejected_retryable" if passes else "rejected_permanent", reason=reason)


def _key(value: Mapping[str, Any]) -> str:
    return address_key(str(value.get("email_address") or ""))


def _tags(value: Mapping[str, Any]) -> frozenset[str]:
    tags = value.get("tags")
    named = tags if isinstance(tags, list) else []
    return frozenset(str(one.get("name")) for one in named if isinstance(one, dict))


def _remote_id(value: Mapping[str, Any]) -> str | None:
    found = value.get("contact_id") or value.get("id")
    return str(found) if found else None


def _text(cell: Any) -> str | None:
    """A cell as text; the tool says nothing by an empty one, and counts in fractions."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return None if cell in (None, "") else str(cell)
