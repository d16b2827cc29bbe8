"""Crawlers and scripts: web events that no person caused."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import DAY, Columns, expand, hex_ids, take, where
from .pages import BOT_AGENTS, CART_PAGE, PAGE_TITLES, PAGE_URLS
from .span import Span

_WITHOUT_COOKIES = BOT_AGENTS.index("python-requests/2.32.3")


def bot_table(
    human_sessions: int, first_number: int, ids_from: int, *, span: Span, rng: np.random.Generator
) -> Columns:
    """Bot visits, about one to twenty human sessions, each with up to a dozen pages; one kind
    of script sends no device id.

    `first_number` numbers their devices, `ids_from` their events (both unique over chunks).
    """
    visits = human_sessions // 20 + 1
    visit, place = expand(1 + rng.integers(0, 12, visits))
    start = span.first + (rng.random(visits) * (span.end - span.first - DAY)).astype(int)
    agent = rng.integers(0, len(BOT_AGENTS), visits)
    at = start[visit] + place * rng.integers(1, 9, visits)[visit]
    page = rng.integers(0, CART_PAGE, len(visit))
    keeps_cookies = agent != _WITHOUT_COOKIES
    devices = hex_ids("anon_", first_number + np.arange(visits), salt=62)
    stamps = pa.array(at * 1000, pa.timestamp("ms", tz="UTC"))
    return {
        "event_id": hex_ids("evt_", ids_from + np.arange(len(visit)), salt=59),
        "event_name": pa.array(["page_view"] * len(visit), pa.string()),
        "anonymous_id": where(keeps_cookies, devices).take(visit),
        "occurred_at": stamps,
        "received_at": stamps,
        "page_url": take(PAGE_URLS, page),
        "page_title": take(PAGE_TITLES, page),
        "user_agent": take(BOT_AGENTS, agent[visit]),
        "ip": take(("192.0.2.201", "192.0.2.202", "192.0.2.203"), agent[visit] % 3),
        "device_type": take(("bot",), np.zeros(len(visit), int)),
    }
