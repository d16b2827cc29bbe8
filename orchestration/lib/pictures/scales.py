"""Where a moment lies on the page, which dates are written below it, and who has which colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# told apart by colour-blind readers too (Paul Tol's muted scheme and neighbours), then grey
PALETTE = (
    "#332288", "#cc6677", "#117733", "#ddaa33", "#44aa99", "#aa4499",
    "#4477aa", "#999933", "#882255", "#e07b39", "#5b8c5a", "#6699cc",
)  # fmt: skip
REST = "#8a8f98"
LEAST_TICK_PIXELS = 64


@dataclass(frozen=True, kw_only=True)
class TimeScale:
    """Moments to pixels, left to right."""

    begins: datetime
    ends: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        """The pixel of a moment; moments outside are put on the edge."""
        share = (moment - self.begins) / (self.ends - self.begins)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def ticks(self) -> list[tuple[datetime, str]]:
        """Starts of months with their names, thinned until they fit; weeks in short spans."""
        months = list(_months(self.begins, self.ends))
        if len(months) < 2:
            first = self.begins.replace(hour=0, minute=0, second=0, microsecond=0)
            weeks = [first + timedelta(days=7 * n) for n in range(1, 9)]
            return [(week, f"{week:%-d %b}") for week in weeks if week < self.ends]
        step = 1
        while (self.right - self.left) / (len(months) / step) < LEAST_TICK_PIXELS:
            step += 1
        return [
            (month, f"{month:%b %Y}" if month.month == 1 or place == 0 else f"{month:%b}")
            for place, month in enumerate(months[::step])
        ]


def colours(names: Iterable[str | None]) -> dict[str, str]:
    """A colour per name, the commonest first; names beyond the palette share grey."""
    counted = Counter(name for name in names if name)
    order = sorted(counted, key=lambda name: (-counted[name], name))
    shades = [*PALETTE, *[REST] * max(0, len(order) - len(PALETTE))]
    return dict(zip(order, shades, strict=False))


def _months(begins: datetime, ends: datetime) -> Iterable[datetime]:
    month = begins.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while month <= ends:
        if month >= begins:
            yield month
        month = (month + timedelta(days=32)).replace(day=1)
