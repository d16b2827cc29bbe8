"""What a tool answered: read whole within its time, as JSON, and told without naming people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

import httpx

from orchestration.lib.destinations.scrubbing import scrubbed

LARGEST_ANSWER_BYTES = 64_000_000
TOLD_BYTES = 2000

Verdict = Literal["told", "busy", "broken"]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer: its status, headers, and body as JSON; None where it is empty.

    `is_json` is false where the body is something else; `text` is its beginning, free of people.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    is_json: bool = True
    text: str = ""


def usual_verdict(reply: Reply) -> Verdict:
    """Whether an answer tells something, asks to come later, or says that the tool broke."""
    if reply.status in (429, 503):
        return "busy"
    return "broken" if reply.status >= 500 else "told"


def told(reply: Reply) -> str:
    """Status and the beginning of the body, for an error."""
    return f"{reply.status} {reply.text}".strip()


def read_reply(response: httpx.Response, ends_at: float, *, secret: str) -> Reply:
    """The whole answer; raises httpx.ReadTimeout when it drips beyond `ends_at` or is too large."""
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if monotonic() > ends_at or size > LARGEST_ANSWER_BYTES:
            raise httpx.ReadTimeout("too slow or too large", request=response.request)
    content = b"".join(parts)
    value, is_json = _parsed(content)
    return Reply(
        status=response.status_code,
        headers=response.headers,
        body=value,
        is_json=is_json,
        text=scrubbed(content[:TOLD_BYTES].decode("utf-8", errors="replace"), secret=secret),
    )


def _parsed(content: bytes) -> tuple[Any, bool]:
    """The value of a body and whether it is JSON; an empty one is, and None."""
    if not content.strip():
        return None, True
    try:
        return json.loads(content), True
    except (ValueError, RecursionError):
        return None, False
