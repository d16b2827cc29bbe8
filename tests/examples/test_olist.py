"""A marketplace's seller funnel through the real chain: its published figures come out again."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.examples.olist_home import OlistHome

pytestmark = pytest.mark.slow

LEADS = "select count(*), count(converted_account_id) from unified.int_leads_unified"
WON_LEADS_AT_THEIR_SELLER = """
    select count(*)
    from unified.int_leads_unified as leads
    join identity.int_identity_clusters_resolved as clusters
        on clusters.identifier_type = 'lead_id' and clusters.identifier_value = leads.lead_id
    join identity.int_persons_linked_to_accounts as links
        on links.person_id = clusters.person_id and links.is_chosen
    where links.account_id = md5('olist|' || leads.converted_account_id)
        and links.valid_from <= leads.converted_at and links.valid_to is null
"""
EARLY_DEALS = """
    select journeys.outcome || ' ' || (journeys.opened_at <= journeys.closed_at)
    from unified.int_leads_unified as leads
    join today.int_journeys_known as journeys
        on journeys.account_id = md5('olist|' || leads.converted_account_id)
    where leads.converted_at < leads.created_at and journeys.journey_type = 'acquisition'
"""
ACCOUNTS = """
    select account_type, motion, count(*)
    from identity.int_accounts_survived group by all order by all
"""


def test_small_funnel(small_olist: OlistHome) -> None:
    ask = small_olist.ask
    assert ask(LEADS) == [(7, 3)]
    assert ask(
        "select opportunity_id, closed_at, close_date::varchar"
        " from unified.int_opportunities_unified where is_won order by 1"
    ) == [
        ("m1", datetime(2018, 2, 21, 2, 30), "2018-02-20"),
        ("m2", datetime(2018, 2, 1, 16, 10, 5), "2018-02-01"),
        ("m5", datetime(2018, 11, 14, 20), "2018-11-14"),
    ]
    assert ask(WON_LEADS_AT_THEIR_SELLER) == [(3,)]
    assert dict(
        ask("select source_record_id, channel from touchpoints.int_leads_channeled order by 1")
    ) == {
        "m1": "organic_search",
        "m2": "paid_search",
        "m3": "unassigned",
        "m4": "unassigned",
        "m5": "referral",
        "m6": "paid_other",
        "m7": "organic_social",
    }


def test_sellers_are_companies_and_shoppers_are_not(small_olist: OlistHome) -> None:
    assert small_olist.ask(ACCOUNTS) == [
        ("company", "b2b", 4),
        ("individual", "b2b", 4),
        ("individual", "b2c", 4),
    ]
    assert small_olist.ask(
        "select account_id, annual_revenue, industry, region, city"
        " from unified.int_accounts_unified where account_type = 'company' order by 1"
    ) == [
        ("s1", None, "pet", "SP", "suzano"),
        ("s2", 600000, "home decor", "SP", "campinas"),
        ("s3", None, None, "SC", "urubici"),
        ("s5", 12000, "audio_video_electronics", None, None),
    ]


def test_a_deal_won_before_its_first_contact_is_a_won_journey(small_olist: OlistHome) -> None:
    assert small_olist.ask(EARLY_DEALS) == [("won true",)]


def test_real_funnel(real_olist: OlistHome) -> None:
    ask = real_olist.ask
    assert ask(LEADS) == [(8000, 842)]
    assert ask("select count(*) from unified.int_opportunities_unified where is_won") == [(842,)]
    assert ask(WON_LEADS_AT_THEIR_SELLER) == [(842,)]
    assert ask(EARLY_DEALS) == [("won true",)]
    assert dict(
        ask("select channel, count(*) from touchpoints.int_leads_channeled group by 1")
    ) == {
        "organic_search": 2296,
        "paid_search": 1586,
        "organic_social": 1350,
        "unassigned": 1309,
        "direct": 499,
        "email": 493,
        "referral": 284,
        "display": 118,
        "paid_other": 65,
    }


def test_real_accounts(real_olist: OlistHome) -> None:
    """3,095 sellers and the 462 who were won and never listed; each other lead; each shopper."""
    assert real_olist.ask(ACCOUNTS) == [
        ("company", "b2b", 3095 + 462),
        ("individual", "b2b", 7158),
        ("individual", "b2c", 10713),
    ]


def test_real_days_from_contact_to_deal(real_olist: OlistHome) -> None:
    assert real_olist.ask(
        """
        select min(days), median(days), max(days)
        from (
            select date_diff('day', l.first_contact_date::date, d.won_date::timestamp::date) as days
            from raw_olist.closed_deals as d
            join raw_olist.marketing_qualified_leads as l using (mql_id)
        )
        """
    ) == [(-2, 14, 427)]
