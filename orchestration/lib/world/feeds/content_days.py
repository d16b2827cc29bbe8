"""The table content_days: how posts, videos and podcast episodes were received, day by day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..arrays import DAY, Columns, expand, iso_date, join, numerals, take
from ..span import Span

_TOPICS = ("planning", "inventory", "forecasting", "suppliers", "returns")
_SERIES = (
    # platform, kind, a new one every so many days, followed for so many days, first-day views
    ("linkedin", "post", 7, 6, 900),
    ("instagram", "post", 10, 5, 1_400),
    ("youtube", "video", 30, 25, 260),
    ("spotify", "podcast", 30, 20, 120),
)
_PAGES = (("linkedin", 4_200, 2.1), ("instagram", 9_800, 3.4), ("youtube", 1_150, 0.8))


def content_table(*, span: Span, rng: np.random.Generator) -> Columns:
    """One row per piece and day after it appeared, and one per profile and day with followers."""
    parts = [_series(place, span, rng) for place in range(len(_SERIES))]
    parts += [_profile(*page, span=span, rng=rng) for page in _PAGES]
    return {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]}


def _series(place: int, span: Span, rng: np.random.Generator) -> Columns:
    """The pieces of one platform; interest halves about every second day."""
    platform, kind, every, followed, views = _SERIES[place]
    appears = np.arange(span.end - (3 + place) * DAY, span.first, -every * DAY)[::-1]
    piece, age = expand(np.full(len(appears), followed))
    day = appears[piece] + age * DAY
    piece, age, day = (column[day < span.end] for column in (piece, age, day))
    usual = views * 0.7**age * rng.lognormal(0, 0.5, len(appears))[piece]
    impressions = rng.poisson(usual)
    plays = rng.binomial(impressions, 0.3)
    topic = take(_TOPICS, piece % len(_TOPICS))
    nothing = pa.nulls(len(day), pa.string())
    is_played = kind in ("video", "podcast")
    return {
        "platform": pa.array([platform] * len(day), pa.string()),
        "content_id": join(f"{platform}-{kind}-", numerals(piece + 1, width=3)),
        "date": iso_date(day),
        "content_name": join(f"{kind.capitalize()} ", numerals(piece + 1), " on ", topic),
        "content_kind": pa.array([kind] * len(day), pa.string()),
        "topic": topic,
        "impressions": numerals(impressions),
        "interactions": numerals(rng.binomial(impressions, 0.03)),
        "shares": numerals(rng.binomial(impressions, 0.004)),
        "plays": numerals(plays) if is_played else nothing,
        "plays_half": numerals(rng.binomial(plays, 0.45)) if is_played else nothing,
        "followers": nothing,
    }


def _profile(
    platform: str, followers: int, growth: float, *, span: Span, rng: np.random.Generator
) -> Columns:
    """The profile itself: who looked at it, and how many follow it at the end of each day."""
    day = span.first + np.arange(span.days) * DAY
    seen = rng.poisson(40, span.days)
    gained = rng.poisson(growth, span.days)
    nothing = pa.nulls(span.days, pa.string())
    return {
        "platform": pa.array([platform] * span.days, pa.string()),
        "content_id": pa.array([f"{platform}-profile"] * span.days, pa.string()),
        "date": iso_date(day),
        "content_name": pa.array(["Profile"] * span.days, pa.string()),
        "content_kind": pa.array(["page"] * span.days, pa.string()),
        "topic": nothing,
        "impressions": numerals(seen),
        "interactions": numerals(rng.binomial(seen, 0.1)),
        "shares": nothing, "plays": nothing, "plays_half": nothing,
        "followers": numerals(followers + np.cumsum(gained)),
    }  # fmt: skip
