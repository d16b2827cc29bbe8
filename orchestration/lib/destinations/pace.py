"""When the next call may be made: the row's own pace, and what the tool's headers say of limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import monotonic, sleep, time

from tenacity import RetryCallState

# calls left in the window, and how long it lasts in seconds (or until when), by the headers' names
WINDOWS = (
    ("ratelimit-remaining", "ratelimit-reset", 1.0),
    ("x-ratelimit-remaining", "x-ratelimit-reset", 1.0),
    ("x-hubspot-ratelimit-remaining", "x-hubspot-ratelimit-interval-milliseconds", 0.001),
)
# a reset this large is a moment since 1970, not a span
EPOCH = 1_000_000_000
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 120.0


class AgainError(Exception):
    """This attempt is worth another one, after `wait` seconds where the tool said so."""

    def __init__(self, said: str, *, wait: float | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.wait = wait


class Pace:
    """Keeps calls apart: at most `per_second`, and none before a window of the tool opens."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    def wait(self) -> None:
        """Sleep until the next call may be made."""
        now = monotonic()
        if self._next > now:
            sleep(self._next - now)
        self._next = max(now, self._next) + self._gap

    def heed(self, headers: Mapping[str, str]) -> None:
        """Hold back where the tool says that no calls are left in its window."""
        for remaining, reset, unit in WINDOWS:
            left, span = _number(headers.get(remaining)), _number(headers.get(reset))
            if left is not None and left < 1:
                seconds = _until(span, headers) if (span or 0) > EPOCH else (span or 1) * unit
                pause = min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)
                self._next = max(self._next, monotonic() + pause)


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds a Retry-After asks for, as a number or a date; None where there is none to read.

    A date is compared with the answer's own Date, so that a wrong clock here does no harm.
    """
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is None and text:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return None
        seconds = _until(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp(), headers)
    return None if seconds is None else max(seconds, 0.0)


def wait_before(state: RetryCallState) -> float:
    """Seconds before the next attempt: as the tool asked, else growing."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, AgainError) else None
    growing = FIRST_WAIT_SECONDS * 2 ** (state.attempt_number - 1)
    return min(growing if asked is None else asked, LONGEST_WAIT_SECONDS)


def _until(moment: float | None, headers: Mapping[str, str]) -> float:
    """Seconds from the answer's Date, else from this clock, to a moment since 1970."""
    try:
        now = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, TypeError):
        now = time()
    return (moment or now) - now


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None
