"""A build of the past knows no ending that came after it, nor one that is only planned."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from orchestration.lib.building import build
from orchestration.lib.settings import Settings
from tests.homes import Home
from tests.identity.homes import land

DEALS = """\
opportunity_id,account_id,stage,probability,amount,currency,created_at,close_date,closed_at,is_closed,is_won,lost_reason,updated_at
won_later,a,Won,1,100,EUR,2026-01-10,2026-06-20,2026-06-20T09:00:00,true,true,,
lost_later,a,Lost,0,200,EUR,2026-01-10,2026-06-25,2026-06-25T09:00:00,true,false,price,
won_early,a,Won,1,300,EUR,2026-01-10,2026-07-20,,true,true,,2026-06-10T09:00:00
planned,a,Offer,0.5,400,EUR,2026-01-10,2026-08-01,,false,false,,2026-06-01T09:00:00
"""
DEALS_KNOWN = (
    "select opportunity_id, stage, coalesce(is_won, false), coalesce(is_closed, false), lost_reason"
    " from unified.int_opportunities_unified order by opportunity_id"
)
ENDINGS = (
    "select evidence_id, fact, cast(occurred_at as date)::varchar"
    " from stages.int_opportunity_facts_listed where fact <> 'opportunity_opened' order by 1"
)
OPEN = "select open_opportunity_count, open_opportunity_amount from core.int_account_deals_summed"

pytestmark = pytest.mark.slow


def told(settings: Settings, as_of: datetime) -> list[list[tuple[object, ...]]]:
    """Deals, their endings and what is open, as a build of that moment knows them."""
    wanted = ["+int_opportunity_facts_listed", "+int_account_deals_summed"]
    build(settings, as_of=as_of, select=wanted, data_tests=False).raise_for_failures()
    with Home(settings=settings, as_of=as_of).warehouse() as warehouse:
        return [warehouse.execute(query).fetchall() for query in (DEALS_KNOWN, ENDINGS, OPEN)]


def test_what_ended_later_is_open_in_a_build_of_the_past(settings: Settings) -> None:
    land(settings, {"opportunities/1": DEALS, "accounts/1": "account_id,name\na,Acme\n"})
    deals, endings, still_open = told(settings, datetime(2026, 6, 15, tzinfo=UTC))
    assert deals == [
        ("lost_later", None, False, False, None),
        ("planned", "Offer", False, False, None),
        ("won_early", "Won", True, True, None),
        ("won_later", None, False, False, None),
    ]
    assert endings == [("won_early", "opportunity_won", "2026-06-10")]
    assert [(count, float(amount)) for count, amount in still_open] == [(3, 700.0)]

    deals, endings, still_open = told(settings, datetime(2026, 7, 1, tzinfo=UTC))
    assert [deal[1:] for deal in deals] == [
        ("Lost", False, True, "price"),
        ("Offer", False, False, None),
        ("Won", True, True, None),
        ("Won", True, True, None),
    ]
    assert endings == [
        ("lost_later", "opportunity_lost", "2026-06-25"),
        ("won_early", "opportunity_won", "2026-06-10"),
        ("won_later", "opportunity_won", "2026-06-20"),
    ]
    assert [(count, float(amount)) for count, amount in still_open] == [(1, 400.0)]
