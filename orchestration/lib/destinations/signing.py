"""How calls are signed: X-Signature: t=<seconds>,v1=<hex of the HMAC-SHA256 of "t.body">."""

from __future__ import annotations

import hmac
from collections.abc import Generator
from hashlib import sha256
from time import time

import httpx

HEADER = "X-Signature"


def signature(secret: str, body: bytes, *, at: int) -> str:
    """The value of the header for a body that is sent at a moment, in seconds since 1970."""
    code = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={code}"


def is_signed(secret: str, body: bytes, header: str, *, now: float, window: float = 300.0) -> bool:
    """Whether a header is the signature of a body, made within the window before or after now."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    at = parts.get("t", "")
    if not at.isdigit() or abs(now - int(at)) > window:
        return False
    expected = signature(secret, body, at=int(at))
    return hmac.compare_digest(expected.encode(), header.encode())


class Signing(httpx.Auth):
    """Signs every attempt anew, as an attempt may come minutes after the one before."""

    requires_request_body = True

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with its signature."""
        request.headers[HEADER] = signature(self._secret, request.content, at=int(time()))
        yield request
