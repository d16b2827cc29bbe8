"""How Mailchimp writes people, segments and pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from orchestration.fakes.mailchimp_audience import FakeAudience
from orchestration.fakes.mailchimp_member import FakeMember

LARGEST_PAGE = 1000
LARGEST_BATCH = 500


def accepted(value: Any) -> Response:
    """A 200."""
    return JSONResponse(value)


def page(request: Request, name: str, items: Sequence[Any]) -> Response:
    """The items that count and offset ask for; ten of them unless told, a thousand at most."""
    count = min(int(request.query_params.get("count", 10)), LARGEST_PAGE)
    offset = int(request.query_params.get("offset", 0))
    return accepted({name: items[offset : offset + count], "total_items": len(items)})


def member_json(audience: FakeAudience, member: FakeMember) -> dict[str, Any]:
    """A member as the API shows it."""
    tags = [{"id": one, "name": audience.segments[one]} for one in sorted(member.segments)]
    return {
        "id": member.hash,
        "contact_id": member.contact_id,
        "email_address": member.email,
        "unique_email_id": member.contact_id[:10],
        "status": member.status,
        "unsubscribe_reason": member.reason,
        "merge_fields": {tag: member.fields.get(tag, "") for tag in audience.fields},
        "last_changed": member.last_changed.isoformat(timespec="seconds"),
        "tags_count": len(tags),
        "tags": tags,
    }


def segment_json(audience: FakeAudience, number: int) -> dict[str, Any]:
    """A segment as the API shows it; its count leaves out who has not confirmed."""
    members = audience.members.values()
    here = [one for one in members if number in one.segments and one.status == "subscribed"]
    name = audience.segments[number]
    return {"id": number, "name": name, "member_count": len(here), "type": "static"}
