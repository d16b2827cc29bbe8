"""How every destination is called: paced, tried again while that is safe, never twice in doubt."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
)
from orchestration.lib.destinations.pace import Pace, asked_wait
from orchestration.lib.destinations.replies import Reply, Verdict, read_reply, told, usual_verdict
from orchestration.lib.destinations.scrubbing import scrubbed

# a path may hold the hash of an address; nothing of people belongs in a log
logging.getLogger("httpx").setLevel(logging.WARNING)
ATTEMPTS = 6
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 120.0
READING = ("GET", "HEAD")
JSON = {"Content-Type": "application/json"}
# given up before a server would: a call into a connection just closed has an unknown outcome
LIMITS = httpx.Limits(max_connections=1, keepalive_expiry=2.0)
# what httpx raises while nothing of the request can have left
NOTHING_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class _AgainError(Exception):
    """This attempt is worth another one, after `wait` seconds where the tool said so."""

    def __init__(self, said: str, *, wait: float | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.wait = wait


class Http:
    """Calls one destination, one call at a time.

    `judge` reads the tool's own ways to be busy or broken, and may raise DestinationError to stop
    at once. `renew` gives headers with a new token after a 401; it is asked once per call.
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
    ) -> None:
        self.row = row
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
        call = _Call(
            place=place,
            is_write=method not in READING and not only_asks,
            is_repeatable=is_repeatable,
            may_have_arrived=False,
            has_renewed=False,
        )
        attempts = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            retry=retry_if_exception_type(_AgainError),
            sleep=lambda seconds: sleep(seconds),
            reraise=True,
        )
        try:
            return attempts(self._once, request, call, expected)
        except _AgainError as error:
            raise call.failure(
                error.said, "run again later: what was not done is done then"
            ) from None

    def _once(self, request: httpx.Request, call: _Call, expected: Container[int]) -> Reply:
        """One attempt; raises _AgainError where another is worth it."""
        reply = self._ask(request, call)
        verdict = self._judge(reply)
        if verdict == "busy":
            wait = asked_wait(reply.headers)
            if wait is not None and wait > LONGEST_WAIT_SECONDS:
                raise call.failure(
                    f"the tool asks to wait {wait:.0f} seconds", "run again after that time"
                )
            raise _AgainError(f"the tool is busy: {told(reply)}", wait=wait)
        if verdict == "broken":
            call.may_have_arrived |= call.is_write
            if call.is_write and not call.is_repeatable:
                raise call.failure(f"the tool broke: {told(reply)}", _READ_BACK)
            raise _AgainError(f"the tool broke: {told(reply)}")
        if reply.status == 401 and self._renew and not call.has_renewed:
            call.has_renewed = True
            fresh = self._renew()
            self._client.headers.update(fresh)
            request.headers.update(fresh)
            return self._once(request, call, expected)
        if 200 <= reply.status < 300 or reply.status in expected:
            return call.documented(reply)
        raise call.refusal(reply)

    def _ask(self, request: httpx.Request, call: _Call) -> Reply:
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
            raise _AgainError(f"it cannot be reached ({type(error).__name__})") from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            said = f"no whole answer came ({type(error).__name__})"
            if call.is_write:
                call.may_have_arrived = True
                raise call.failure(said, _READ_BACK) from None
            raise _AgainError(said) from None
        self._pace.heed(response.headers)
        return reply

    def _address(self, path: str) -> str:
        """The whole address; raises DestinationError for a link that leads to another host."""
        base = self.row.base_url or ""
        if any(not character.isprintable() for character in path):
            raise DestinationError("an address holds control characters", base, _LOOK)
        if not path or path.startswith("/"):
            return f"{base}{path}"
        if urlsplit(path)[:2] != urlsplit(base)[:2]:
            raise DestinationError(
                "an answer leads to another host", f"destination {self.row.destination}", _LOOK
            )
        return path


@dataclass(kw_only=True)
class _Call:
    """What is known of one call while it is tried."""

    place: str
    is_write: bool
    is_repeatable: bool
    may_have_arrived: bool
    has_renewed: bool

    def failure(self, said: str, remedy: str) -> DestinationError | UnknownOutcomeError:
        """The end of a call that got no usable answer."""
        if self.may_have_arrived:
            return UnknownOutcomeError(said, self.place, _READ_BACK)
        return DestinationError(said, self.place, remedy)

    def documented(self, reply: Reply) -> Reply:
        """The reply; raises where its body is no JSON, as then nobody knows what was done."""
        if not reply.is_json:
            self.may_have_arrived |= self.is_write and reply.status < 300
            raise self.failure(f"the answer is no JSON: {told(reply)}", _LOOK)
        return reply

    def refusal(self, reply: Reply) -> DestinationError | UnknownOutcomeError:
        """The error for a status nobody expected."""
        if reply.status in (401, 403):
            what = f"the tool does not accept the secret, or not for this: {told(reply)}"
            return self.failure(what, "set the secret anew, with the rights the tool asks for")
        return self.failure(f"the tool refused: {told(reply)}", _LOOK)


def json_bytes(value: Any) -> bytes:
    """A value as the bytes of a body, plain ASCII; anything Python can hold as text fits."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")


def _wait(state: RetryCallState) -> float:
    """Seconds before the next attempt: as the tool asked, else growing."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _AgainError) else None
    growing = FIRST_WAIT_SECONDS * 2 ** (state.attempt_number - 1)
    return min(growing if asked is None else asked, LONGEST_WAIT_SECONDS)


_LOOK = "look at the row in destinations.csv: base_url, account and the rights of the secret"
_READ_BACK = "it is read back before anything is sent again"
