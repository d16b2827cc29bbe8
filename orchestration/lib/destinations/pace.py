"""When the next call may be made: the row's own pace, and what the tool's headers say of limits."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic, sleep

from orchestration.lib.destinations.waiting import (
    LONGEST_WAIT_SECONDS,
    number_of,
    seconds_until,
)

# calls left in the window, and how long it lasts in seconds (or until when), by the headers' names
WINDOWS = (
    ("ratelimit-remaining", "ratelimit-reset", 1.0),
    ("x-ratelimit-remaining", "x-ratelimit-reset", 1.0),
    ("x-hubspot-ratelimit-remaining", "x-hubspot-ratelimit-interval-milliseconds", 0.001),
)
# a reset this large is a moment since 1970, not a span
EPOCH = 1_000_000_000


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
            left, span = number_of(headers.get(remaining)), number_of(headers.get(reset))
            if left is not None and left < 1:
                seconds = (
                    seconds_until(span, headers) if (span or 0) > EPOCH else (span or 1) * unit
                )
                pause = min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)
                self._next = max(self._next, monotonic() + pause)
