"""What a fake Mailchimp answers about merge fields and complaints of an audience."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from orchestration.fakes.mailchimp_audience import FakeAudience, RefusedError
from orchestration.fakes.mailchimp_problems import invalid
from orchestration.fakes.mailchimp_replies import accepted, page


def merge_fields(audience: FakeAudience, request: Request, body: Any) -> Response:
    """All merge fields but the address."""
    found = [{"tag": tag, "name": tag, **about} for tag, about in audience.fields.items()]
    return page(request, "merge_fields", found)


def make_field(audience: FakeAudience, request: Request, body: Any) -> Response:
    """A new merge field."""
    try:
        tag = audience.make_field(body)
    except RefusedError as error:
        return invalid([("tag", error.said)])
    return accepted({"tag": tag, **audience.fields[tag]})


def complaints(audience: FakeAudience, request: Request, body: Any) -> Response:
    """Who reported a mail as abuse."""
    return page(request, "abuse_reports", audience.complaints)
