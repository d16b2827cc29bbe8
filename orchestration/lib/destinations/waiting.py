"""How long to wait before another attempt: as the tool asks, by its own clock, else growing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import time

from tenacity import RetryCallState

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 120.0


class AgainError(Exception):
    """This attempt is worth another one, after `wait` seconds where the tool said so."""

    def __init__(self, said: str, *, wait: float | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.wait = wait


def asked_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds a Retry-After asks for, as a number or a date; None where there is none to read.

    A date is compared with the answer's own Date, so that a wrong clock here does no harm.
    """
    text = headers.get("retry-after")
    seconds = number_of(text)
    if seconds is None and text:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return None
        seconds = seconds_until(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp(), headers)
    return None if seconds is None else max(seconds, 0.0)


def wait_before(state: RetryCallState) -> float:
    """Seconds before the next attempt: as the tool asked, else growing."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, AgainError) else None
    growing = FIRST_WAIT_SECONDS * 2 ** (state.attempt_number - 1)
    return min(growing if asked is None else asked, LONGEST_WAIT_SECONDS)


def seconds_until(moment: float | None, headers: Mapping[str, str]) -> float:
    """Seconds from the answer's Date, else from this clock, to a moment since 1970."""
    try:
        now = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, TypeError):
        now = time()
    return (moment or now) - now


def number_of(text: str | None) -> float | None:
    """A finite number of a header; None for anything else."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None
