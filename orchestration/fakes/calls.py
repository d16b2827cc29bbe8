"""A call as a fake got it, and the secret it came with."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request a fake was sent, as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Its body as JSON."""
        return json.loads(self.body)


def given_secret(request: Request) -> str:
    """The password of basic authentication, or the token of a bearer; empty for neither."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return given if scheme.lower() == "bearer" else ""
    try:
        return base64.b64decode(given).decode().partition(":")[2]
    except ValueError:
        return ""
