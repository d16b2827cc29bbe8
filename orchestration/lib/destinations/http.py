"""How every destination is called: paced, tried again while that is safe, never twice in doubt."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Container, Mapping
from functools import cache
from ssl import SSLContext
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
)
from orchestration.lib.destinations.doubt import LOOK, READ_BACK, CallState
from orchestration.lib.destinations.pace import Pace
from orchestration.lib.destinations.replies import Reply, Verdict, read_reply, told, usual_verdict
from orchestration.lib.destinations.scrubbing import scrubbed
from orchestration.lib.destinations.waiting import (
    LONGEST_WAIT_SECONDS,
    AgainError,
    asked_wait,
    wait_before,
)
from orchestration.lib.failpoints import failpoint

# a path may hold the hash of an address; nothing of people belongs in a log
logging.getLogger("httpx").setLevel(logging.WARNING)
ATTEMPTS = 6
READING = ("GET", "HEAD")
JSON = {"Content-Type": "application/json"}
# given up before a server would: a call into a connection just closed has an unknown outcome
LIMITS = httpx.Limits(max_connections=1, keepalive_expiry=2.0)
# what httpx raises while nothing of the request can have left
NOTHING_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Http:
    """Calls one destination, one call at a time.

    `judge` reads the tool's own ways to be busy or broken, and may raise DestinationError to stop
    at once. `renew` gives headers with a new token after a 401; it is asked once per call. Where
    not even `errors_are_json`, an expected error may have any body.
    """

    def __init__(
        self,
        row: DestinationRow,
        *,
        secret: str,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | httpx.Auth | None = None,
        judge: Callable[[Reply], Verdict] = usual_verdict,
        renew: Callable[[], Mapping[str, str]] | None = None,
        errors_are_json: bool = True,
    ) -> None:
        self.row = row
        self._errors_are_json = errors_are_json
        self._secret = secret
        self._judge = judge
        self._renew = renew
        self._pace = Pace(row.requests_per_second)
        is_local = urlsplit(row.base_url or "").scheme == "http"
        self._client = httpx.Client(
            headers={"Accept": "application/json", "User-Agent": "touchline", **(headers or {})},
            auth=auth,
            timeout=row.timeout_seconds,
            trust_env=not is_local,
            verify=trusted(),
            limits=LIMITS,
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        payload: Any = None,
        content: bytes | None = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        expected: Container[int] = (),
        is_repeatable: bool = True,
        only_asks: bool = False,
    ) -> Reply:
        """The answer to a call: any 2xx, or a status of `expected`.

        `path` is what follows the base_url, or a whole address on its host. A call that is not GET
        is a write unless it `only_asks`: it is sent again after an answer that says it was not done
        or may be repeated (5xx, where `is_repeatable`), never after silence. Raises
        UnknownOutcomeError when a write may have been done, DestinationError when nothing was.
        """
        shown = scrubbed(path.split("?")[0], secret=self._secret)
        place = f"{method} {shown} of {self.row.destination}"
        request = self._client.build_request(
            method,
            self._address(path),
            content=content if payload is None else json_bytes(payload),
            params=params,
            headers={**JSON, **(headers or {})} if method not in READING else headers,
        )
        call = CallState(
            place=place,
            is_write=method not in READING and not only_asks,
            is_repeatable=is_repeatable,
            may_have_arrived=False,
            has_renewed=False,
        )
        attempts = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_before,
            retry=retry_if_exception_type(AgainError),
            sleep=lambda seconds: sleep(seconds),
            reraise=True,
        )
        try:
            return attempts(self._once, request, call, expected)
        except AgainError as error:
            raise call.failure(
                error.said, "run again later: what was not done is done then"
            ) from None

    def _once(self, request: httpx.Request, call: CallState, expected: Container[int]) -> Reply:
        """One attempt; raises AgainError where another is worth it."""
        if call.is_write:
            failpoint("call.before_write")
        reply = self._ask(request, call)
        if call.is_write:
            failpoint("call.after_write")
        verdict = self._judge(reply)
        if verdict == "busy":
            wait = asked_wait(reply.headers)
            if wait is not None and wait > LONGEST_WAIT_SECONDS:
                raise call.failure(
                    f"the tool asks to wait {wait:.0f} seconds", "run again after that time"
                )
            raise AgainError(f"the tool is busy: {told(reply)}", wait=wait)
        if verdict == "broken":
            call.may_have_arrived |= call.is_write
            if call.is_write and not call.is_repeatable:
                raise call.failure(f"the tool broke: {told(reply)}", READ_BACK)
            raise AgainError(f"the tool broke: {told(reply)}")
        if reply.status == 401 and self._renew and not call.has_renewed:
            call.has_renewed = True
            fresh = self._renew()
            self._client.headers.update(fresh)
            request.headers.update(fresh)
            return self._once(request, call, expected)
        if 200 <= reply.status < 300 or reply.status in expected:
            return call.documented(reply, errors_are_json=self._errors_are_json)
        raise call.refusal(reply)

    def _ask(self, request: httpx.Request, call: CallState) -> Reply:
        """One request and its whole answer within the row's timeout."""
        self._pace.wait()
        ends_at = monotonic() + self.row.timeout_seconds
        try:
            response = self._client.send(request, stream=True)
            try:
                reply = read_reply(response, ends_at, secret=self._secret)
            finally:
                response.close()
        except NOTHING_LEFT as error:
            raise AgainError(f"it cannot be reached ({type(error).__name__})") from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            said = f"no whole answer came ({type(error).__name__})"
            if call.is_write:
                call.may_have_arrived = True
                raise call.failure(said, READ_BACK) from None
            raise AgainError(said) from None
        self._pace.heed(response.headers)
        return reply

    def _address(self, path: str) -> str:
        """The whole address; raises DestinationError for a link that leads to another host."""
        base = self.row.base_url or ""
        if any(not character.isprintable() for character in path):
            raise DestinationError("an address holds control characters", base, LOOK)
        if not path or path.startswith("/"):
            return f"{base}{path}"
        if urlsplit(path)[:2] != urlsplit(base)[:2]:
            raise DestinationError(
                "an answer leads to another host", f"destination {self.row.destination}", LOOK
            )
        return path


@cache
def trusted() -> SSLContext:
    """Whom a connection trusts, read once for all destinations."""
    return httpx.create_ssl_context()


def json_bytes(value: Any) -> bytes:
    """A value as the bytes of a body, plain ASCII; anything Python can hold as text fits."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
