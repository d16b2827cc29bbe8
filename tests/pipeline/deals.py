"""Deals whose chances are known: only who comes as far as an offer can win."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from orchestration.lib.building import build
from orchestration.lib.settings import Settings
from tests.homes import Home
from tests.identity.homes import land

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
REACH_OFFER, WIN_OFFER = 0.5, 0.7
MARTS = ("rpt_forecast", "rpt_forecast_months", "rpt_forecast_backtest")
Row = Mapping[str, object]


def as_csv(rows: Iterable[Row]) -> str:
    """Rows of the same columns as text; none is empty."""
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def played_deals(count: int, *, win_offer: float, seed: int = 11) -> tuple[list[Row], list[Row]]:
    """Deals and their stage log as of AS_OF: a talk of some weeks, then an offer or the end."""
    draw = random.Random(seed)
    deals: list[Row] = []
    log: list[Row] = []
    for number in range(count):
        created = FIRST_DAY + timedelta(hours=draw.randrange(24 * 540))
        steps = [("Talk", created)]
        ended = created + timedelta(days=draw.uniform(10, 50))
        if offered := draw.random() < REACH_OFFER:
            steps.append(("Offer", ended))
            ended += timedelta(days=draw.uniform(10, 50))
        won = offered and draw.random() < win_offer
        is_over = ended < AS_OF
        log += [
            {
                "change_id": f"{number}-{step}",
                "opportunity_id": f"d{number}",
                "stage": stage,
                "changed_at": entered.isoformat(),
            }
            for step, (stage, entered) in enumerate(steps)
            if entered < AS_OF
        ]
        deals.append(
            {
                "opportunity_id": f"d{number}",
                "account_id": f"a{number % 40}",
                "type": "new",
                "stage": ("Won" if won else "Lost") if is_over else "Open",
                "amount": 1000,
                "currency": "EUR",
                "owner": f"Owner {number % 3}",
                "created_at": created.isoformat(),
                "closed_at": ended.isoformat() if is_over else "",
                "is_closed": is_over,
                "is_won": is_over and won,
                "updated_at": min(ended, AS_OF - timedelta(hours=1)).isoformat(),
            }
        )
    return deals, log


def built_forecast(settings: Settings, *, count: int, win_offer: float) -> Home:
    """A home of such deals in which the forecast was built."""
    deals, log = played_deals(count, win_offer=win_offer)
    accounts = [{"account_id": f"a{number}", "name": f"Firm {number}"} for number in range(40)]
    files = {
        "opportunities/1": as_csv(deals),
        "opportunity_stage_changes/1": as_csv(log),
        "accounts/1": as_csv(accounts),
    }
    land(settings, files)
    select = [f"+{mart}" for mart in MARTS]
    build(settings, as_of=AS_OF, select=select, data_tests=False).raise_for_failures()
    return Home(settings=settings, as_of=AS_OF)
