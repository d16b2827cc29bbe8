"""The table costs: what marketing, sales and service cost beside the media that ad_days holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa

from ..arrays import DAY, Columns, amounts
from ..span import Span
from .programmes import CONFERENCE, PODCAST, WEBINAR, programmes

_MONTHLY = (
    # id, channel, kind, amount a month in whole units, currency
    ("email-tool", "email", "tool", 890, "USD"),
    ("crm", "sales_outbound", "tool", 2_150, "EUR"),
    ("sales-team", "sales_outbound", "staff", 21_400, "EUR"),
    ("service-team", "support", "staff", 12_600, "EUR"),
    ("content-team", "organic_search", "content", 4_800, "EUR"),
    ("video-studio", "organic_video", "content", 1_300, "GBP"),
    ("search-agency", "paid_search", "service", 1_750, "EUR"),
    ("newsletter-sponsor", "affiliates", "media", 620, "EUR"),
)
_AN_EVENT = {
    # kind of programme: channel, kind of cost, amount
    WEBINAR: ("webinar", "event", 650), CONFERENCE: ("event", "event", 18_500),
    PODCAST: ("podcast", "content", 1_150),
}  # fmt: skip
UNKNOWN_CURRENCY = "XTS"


def cost_table(*, span: Span, rng: np.random.Generator) -> Columns:
    """One row per running cost and month, and one per webinar, conference and episode.

    A conference is paid for from six weeks before it to the day after. One invoice is in a
    currency that has no rate.
    """
    months = _months(span)
    rows = [
        (f"{name}-{first:%Y-%m}", first, last, channel, None, kind, amount, currency)
        for name, channel, kind, amount, currency in _MONTHLY
        for first, last in months
    ]
    for plan in programmes(span):
        if plan.kind in _AN_EVENT:
            channel, kind, amount = _AN_EVENT[plan.kind]
            day = _day(plan.at)
            first = day - timedelta(days=42) if plan.kind == CONFERENCE else day
            rows.append((f"{plan.campaign_id}-cost", first, day + timedelta(days=1), channel,
                         plan.campaign_id, kind, amount, "EUR"))  # fmt: skip
    first, last = months[-1]
    rows.append(("booth-abroad", first, last, "event", None, "event", 4_300, UNKNOWN_CURRENCY))
    usual = np.array([row[6] for row in rows])
    cents = (usual * 100 * rng.uniform(0.95, 1.05, len(rows))).astype(int)
    return {
        "cost_id": _text(rows, 0),
        "period_start": pa.array([row[1].isoformat() for row in rows], pa.string()),
        "period_end": pa.array([row[2].isoformat() for row in rows], pa.string()),
        "channel": _text(rows, 3),
        "campaign_id": _text(rows, 4),
        "cost_kind": _text(rows, 5),
        "amount": amounts(cents),
        "currency": _text(rows, 7),
    }


def _text(rows: list[tuple], place: int) -> pa.Array:
    return pa.array([row[place] for row in rows], pa.string())


def _day(moment: int) -> date:
    return datetime.fromtimestamp(moment, UTC).date()


def _months(span: Span) -> list[tuple[date, date]]:
    """First and last day of the months of the span, cut off where it begins and ends."""
    found, first, end = [], _day(span.first), _day(span.end - DAY)
    while first <= end:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append((first, min(following - timedelta(days=1), end)))
        first = following
    return found
