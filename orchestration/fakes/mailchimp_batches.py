"""The batch call of a fake Mailchimp: many people at once, each with their own answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from orchestration.fakes.mailchimp_audience import FakeAudience, MailchimpState, RefusedError
from orchestration.fakes.mailchimp_replies import member_json

BUSY = RefusedError("We are busy, try again")


@dataclass
class Batch:
    """What was done and what was not."""

    new: list[Any] = field(default_factory=list)
    updated: list[Any] = field(default_factory=list)
    errors: list[Any] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As the API writes it."""
        return {
            "new_members": self.new,
            "updated_members": self.updated,
            "errors": self.errors,
            "total_created": len(self.new),
            "total_updated": len(self.updated),
            "error_count": len(self.errors),
        }

    def refuse(self, item: dict[str, Any], error: RefusedError) -> None:
        """Say why one was not done."""
        self.errors.append(
            {
                "email_address": item["email_address"],
                "error": f"{item['email_address']}: {error.said}",
                "error_code": error.code,
                "field": error.field or "",
                "field_message": error.said if error.field else "",
            }
        )


def done(
    state: MailchimpState, audience: FakeAudience, request: Request, body: Any, *, is_partial: bool
) -> Batch:
    """Make or change the members of a body; every second one is refused where it `is_partial`."""
    batch = Batch()
    for number, item in enumerate(body["members"]):
        is_new = audience.find(item["email_address"]) is None
        try:
            if is_partial and number % 2:
                raise BUSY
            if not is_new and not body.get("update_existing"):
                raise RefusedError("is already a list member", code="ERROR_CONTACT_EXISTS")
            member = audience.upsert(item, is_lax=is_lax(request), now=state.now)
        except RefusedError as error:
            batch.refuse(item, error)
            continue
        for tag in () if state.ignores_tags_of_batches else item.get("tags", ()):
            audience.tag(member, tag)
        (batch.new if is_new else batch.updated).append(member_json(audience, member))
    return batch


def is_lax(request: Request) -> bool:
    """Whether required merge fields may be missing."""
    return request.query_params.get("skip_merge_validation") == "true"


def has_address(item: Any) -> bool:
    """Whether an item passes the schema: an address without control characters."""
    email = item.get("email_address") if isinstance(item, dict) else None
    return isinstance(email, str) and bool(email) and email.isprintable()
