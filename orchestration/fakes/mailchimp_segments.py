"""What a fake Mailchimp answers about segments of an audience."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from orchestration.fakes.mailchimp_audience import FakeAudience
from orchestration.fakes.mailchimp_problems import invalid, not_found, problem
from orchestration.fakes.mailchimp_replies import (
    LARGEST_BATCH,
    accepted,
    member_json,
    page,
    segment_json,
)


def segments(audience: FakeAudience, request: Request, body: Any) -> Response:
    """All static segments."""
    found = [segment_json(audience, number) for number in audience.segments]
    return page(request, "segments", found)


def make_segment(audience: FakeAudience, request: Request, body: Any) -> Response:
    """A new static segment, once per name."""
    if body.get("name") in audience.segments.values():
        return problem(400, "Bad Request", "A tag of this name exists already.")
    return accepted(segment_json(audience, audience.segment(str(body["name"]))))


def segment_members(audience: FakeAudience, request: Request, body: Any) -> Response:
    """Who is in a segment: the subscribed, and whom the query includes; never who is pending."""
    number = request.path_params["number"]
    if number not in audience.segments:
        return not_found()
    shown = {"subscribed"} | {
        status
        for status in ("cleaned", "transactional", "unsubscribed")
        if request.query_params.get(f"include_{status}") == "true"
    }
    here = [one for one in audience.members.values() if number in one.segments]
    return page(
        request, "members", [member_json(audience, one) for one in here if one.status in shown]
    )


def move(audience: FakeAudience, request: Request, body: Any) -> Response:
    """Put addresses into a static segment and out of it."""
    number = request.path_params["number"]
    if number not in audience.segments:
        return not_found()
    joining, leaving = body.get("members_to_add", []), body.get("members_to_remove", [])
    if max(len(joining), len(leaving)) > LARGEST_BATCH:
        return invalid([("members_to_add", f"At most {LARGEST_BATCH}")])
    added, removed, missed = audience.move(number, joining, leaving)
    return accepted(
        {
            "members_added": [member_json(audience, one) for one in added],
            "members_removed": [member_json(audience, one) for one in removed],
            "errors": [{"email_addresses": missed, "error": "Not moved"}] if missed else [],
            "total_added": len(added),
            "total_removed": len(removed),
            "error_count": len(missed),
        }
    )
