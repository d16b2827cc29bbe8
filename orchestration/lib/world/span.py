"""The window of time a world lives in, and the random draws that belong to a chunk of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from .arrays import DAY


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


def chunk_rng(seed: int, chunk: int, topic: int) -> np.random.Generator:
    """The generator for one topic of one chunk; topics never disturb each other's draws."""
    return np.random.default_rng([seed, chunk, topic])
