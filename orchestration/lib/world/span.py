"""The window of time a world lives in, and the random draws that belong to a chunk of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from .arrays import DAY, HOUR


@dataclass(frozen=True)
class Span:
    """Days `first` to `end` (seconds since 1970, UTC; `end` is the midnight after the last day)."""

    days: int
    first: int
    end: int

    @classmethod
    def until(cls, last_day: date, *, days: int) -> Span:
        """The span of so many days that ends with `last_day`."""
        end = (last_day.toordinal() + 1 - date(1970, 1, 1).toordinal()) * DAY
        return cls(days, end - days * DAY, end)

    @property
    def scale(self) -> float:
        """How much shorter than usual journeys must be to fit: 1 from 400 days on."""
        return min(1.0, self.days / 400)


def office_hours(moments: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The moments moved into working hours of their day; weekends go back to Friday."""
    day = moments // DAY
    weekday = (day + 3) % 7
    return (day - (weekday - 4).clip(0)) * DAY + (
        (7.5 + 10.5 * rng.beta(2, 2, len(moments))) * HOUR
    ).astype(int)


class Draws:
    """Generators for the topics of one chunk, one after the other; topics never disturb each
    other's draws, chunks neither."""

    def __init__(self, seed: int, chunk: int) -> None:
        self._seed, self._chunk, self._topic = seed, chunk, 0

    def next(self) -> np.random.Generator:
        """The generator for the next topic."""
        self._topic += 1
        return np.random.default_rng([self._seed, self._chunk, self._topic])

    def apart(self, topic: int) -> np.random.Generator:
        """The generator of a topic that came later: it takes no turn, so that all others stay."""
        return np.random.default_rng([self._seed, self._chunk, 0, topic])
