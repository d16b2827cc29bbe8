"""The mails that are sent: newsletters and promotions on dates, automated and personal ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import DAY, HOUR, NEVER, Columns, iso
from .span import Span

_SERIES = (
    # name, audience, every so many days, last one so many days before the end, type, purpose
    ("b2b-newsletter", "b2b", 28, 5, "newsletter", "newsletter"),
    ("home-newsletter", "b2c", 21, 6, "newsletter", "newsletter"),
    ("product-news", "b2b", 63, 17, "marketing", "marketing"),
    ("seasonal-sale", "b2c", 49, 13, "marketing", "marketing"),
)
_TRIGGERED = (
    # name, audience, type, purpose, step
    ("welcome-1", "b2c", "automation", "marketing", "1"),
    ("welcome-2", "b2c", "automation", "marketing", "2"),
    ("nurture-1", "b2b", "automation", "marketing", "1"),
    ("nurture-2", "b2b", "automation", "marketing", "2"),
    ("nurture-3", "b2b", "automation", "marketing", "3"),
    ("cart-reminder", "b2c", "automation", "marketing", "1"),
    ("order-confirmation", "b2c", "transactional", "transactional", None),
    ("shipping-notice", "b2c", "transactional", "transactional", None),
    ("sales-intro", "b2b", "one_to_one", "marketing", None),
)
_ASKS = {"newsletter": "read", "marketing": "shop now", "automation": "see how",
         "transactional": "track", "one_to_one": "reply"}  # fmt: skip


@dataclass(frozen=True)
class Messages:
    """One element per message; `sent_at` is NEVER for triggered ones, `half` is which half of
    the recipients gets it (NEVER: all of them)."""

    message_id: pa.Array
    campaign_id: pa.Array
    names: tuple[str, ...]
    is_for_b2b: np.ndarray
    is_service: np.ndarray
    sent_at: np.ndarray
    half: np.ndarray
    table: Columns

    def place_of(self, name: str) -> int:
        """Position of a triggered message by its name."""
        return self.names.index(name)


def make_messages(span: Span) -> Messages:
    """All messages of the span, the same for every chunk."""
    rows: list[dict] = []
    for name, audience, every, before_end, kind, purpose in _SERIES:
        first = span.end - before_end * DAY + 9 * HOUR
        dates = np.arange(first, span.first, -every * DAY)[::-1]
        for number, moment in enumerate(dates, start=1):
            halves = (0, 1) if kind == "marketing" else (NEVER,)
            rows.extend(
                _row(name, audience, kind, purpose, None, int(moment), half, number)
                for half in halves
            )
    rows.extend(
        _row(name, audience, kind, purpose, step, NEVER, NEVER, 0)
        for name, audience, kind, purpose, step in _TRIGGERED
    )
    columns = ("message_id", "campaign_id", "campaign_name", "message_type", "journey_step",
               "purpose", "call_to_action", "subject", "variant")  # fmt: skip
    sent_at = np.array([row["sent_at"] for row in rows])
    table = {name: pa.array([row[name] for row in rows], pa.string()) for name in columns}
    return Messages(
        table["message_id"], table["campaign_id"],
        names=tuple(row["name"] for row in rows),
        is_for_b2b=np.array([row["audience"] == "b2b" for row in rows]),
        is_service=np.array([row["purpose"] == "transactional" for row in rows]),
        sent_at=sent_at, half=np.array([row["half"] for row in rows]),
        table=table | {"sent_at": iso(sent_at)},
    )  # fmt: skip


def _row(
    name: str, audience: str, kind: str, purpose: str, step: str | None, sent_at: int,
    half: int, number: int,
) -> dict:  # fmt: skip
    campaign = f"{name}-{number:02d}" if number else name
    variant = None if half < 0 else "AB"[half]
    title = name.replace("-", " ").capitalize()
    return {
        "name": name, "audience": audience, "sent_at": sent_at, "half": half,
        "message_id": f"msg-{campaign}" + (f"-{variant.lower()}" if variant else ""),
        "campaign_id": campaign,
        "campaign_name": f"{title} {number}" if number else title,
        "message_type": kind, "journey_step": step, "purpose": purpose,
        "call_to_action": _ASKS[kind],
        "subject": f"{title} {number}, told differently" if half == 1 else f"{title} {number}",
        "variant": variant,
    }  # fmt: skip
