"""What people are invited to: webinars, conferences, podcast episodes, guides and drives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import DAY, HOUR
from ..span import Span

KINDS = ("webinar", "conference", "podcast", "content", "referral", "other")
WEBINAR, CONFERENCE, PODCAST, CONTENT, REFERRAL, OTHER = range(6)
_SERIES = (
    # name, title, kind, every so many days, the last one so many days before the end, hour
    ("webinar", "Planning live", WEBINAR, 35, 2, 14),
    ("forum", "Northlight forum", CONFERENCE, 160, 24, 8),
    ("podcast", "Shelf talk", PODCAST, 60, 12, 6),
    ("bring-a-colleague", "Bring a colleague", REFERRAL, 120, 30, 9),
    ("printed-letter", "Printed letter", OTHER, 150, 45, 9),
)


@dataclass(frozen=True)
class Programme:
    """One campaign with members, and the moment it takes place (for a guide: 0, at any time)."""

    campaign_id: str
    name: str
    kind: int
    at: int


def programmes(span: Span) -> tuple[Programme, ...]:
    """All programmes of a span, the guide first, then each series in order of time."""
    found = [Programme("buyers-guide", "Buyer's guide", CONTENT, 0)]
    for name, title, kind, every, before_end, hour in _SERIES:
        days = np.arange(span.end - before_end * DAY, span.first, -every * DAY)[::-1]
        found.extend(
            Programme(f"{name}-{number:02d}", f"{title} {number}", kind, int(day) + hour * HOUR)
            for number, day in enumerate(days, start=1)
        )
    return tuple(found)
