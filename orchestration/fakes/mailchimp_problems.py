"""How Mailchimp says that something cannot be done: problem+json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import JSONResponse, Response


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    errors: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An error as problem+json."""
    body: dict[str, Any] = {
        "type": "https://mailchimp.com/developer/marketing/docs/errors/",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": "00000000-0000-0000-0000-000000000000",
    }
    if errors:
        body["errors"] = [{"field": field, "message": message} for field, message in errors]
    return JSONResponse(
        body, status, dict(headers or {}), media_type="application/problem+json; charset=utf-8"
    )


def invalid(errors: Sequence[tuple[str, str]]) -> Response:
    """A body that breaks the schema, or a field."""
    return problem(400, "Invalid Resource", "The resource could not be validated.", errors=errors)


def not_found() -> Response:
    """A 404."""
    return problem(404, "Resource Not Found", "The requested resource could not be found.")
