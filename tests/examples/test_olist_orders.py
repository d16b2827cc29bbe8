"""The marketplace's orders in two overlapping batches: whose they are, what they say of sellers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from tests.examples.olist_home import OlistHome

pytestmark = pytest.mark.slow

RECONCILED = """
    select source_table, sum(rows_in), sum(rows_duplicate), sum(rows_superseded), sum(rows_latest)
    from built.observability.rpt_row_reconciliation
    where source_table in ('customers', 'order_items', 'orders') and status = 'loaded'
    group by source_table
    order by source_table
"""
UNBALANCED = """
    select source_file
    from built.observability.rpt_row_reconciliation
    where rows_in <> rows_loaded + rows_duplicate + rows_quarantined + rows_erased
        or rows_loaded <> rows_of_no_kind + rows_not_yet + rows_superseded + rows_latest
        or least(rows_of_no_kind, rows_not_yet, rows_superseded, rows_latest) < 0
"""
# sellers who were won, by the stages they ever reached and the one they are in
SELLERS_EVER = """
    select stage, count(distinct account_id)
    from today.int_stage_intervals_known
    join identity.int_accounts_survived using (account_id)
    where account_type = 'company'
    group by stage
    order by stage
"""
SELLERS_NOW = f"{SELLERS_EVER.replace('where', 'where exited_at is null and')}"
ORDERS_AT_THEIR_SHOPPER = """
    select count(*), count(distinct account_id)
    from touchpoints.int_touchpoints_resolved
    join identity.int_accounts_survived using (account_id)
    join unified.int_contacts_unified as contacts
        on account_id = md5('olist|' || contacts.contact_id)
    where type_id = 'order' and motion = 'b2c'
"""
# the city of a shopper whose zip code came without its zero is the map's
CITIES_OF_SHORT_ZIP_CODES = """
    select count(distinct customers.customer_id)
    from raw_olist.customers as customers
    join raw_olist.geolocation as places
        on places.geolocation_zip_code_prefix = '0' || customers.customer_zip_code_prefix
    join unified.int_contacts_unified as contacts
        on contacts.contact_id = customers.customer_unique_id
    where length(customers.customer_zip_code_prefix) = 4 {restriction}
"""


def test_small_batches(small_olist: OlistHome) -> None:
    assert small_olist.orders_after_a == 3
    assert small_olist.ask("select count(*) from unified.int_orders_unified") == [(5,)]
    assert small_olist.rows_after_b == small_olist.rows_after_b_again
    assert small_olist.ask(RECONCILED) == [
        ("customers", 7, 1, 2, 4),  # one with its zero again, one of an earlier order of hers
        ("order_items", 9, 3, 0, 6),
        ("orders", 7, 2, 0, 5),
    ]
    assert small_olist.ask(UNBALANCED) == []


def test_small_orders_are_the_shoppers_and_the_sellers(small_olist: OlistHome) -> None:
    assert small_olist.ask(
        "select order_id, contact_id, total, delivered_at"
        " from unified.int_orders_unified where order_id in ('o1', 'o3') order by 1"
    ) == [
        ("o1", "u1", Decimal("82.1"), datetime(2018, 3, 10, 15)),
        ("o3", "u1", None, None),  # nobody paid for it
    ]
    assert small_olist.ask(ORDERS_AT_THEIR_SHOPPER) == [(5, 4)]
    sold = small_olist.ask(
        "select evidence_id, account_id = md5('olist|s' || right(seller, 1)), value, variant"
        " from stages.int_item_facts_listed"
        " join (values ('o1|1', 's1'), ('o1|2', 's2'), ('o2|1', 's3'), ('o3|1', 's1'),"
        " ('o4|1', 's9'), ('o5|1', 's5')) as expected (item, seller) on item = evidence_id"
        " order by 1"
    )
    assert sold == [
        ("o1|1", True, Decimal("59.90"), "true"),
        ("o1|2", True, Decimal("10.00"), "true"),
        ("o2|1", True, Decimal("20.00"), "true"),
        ("o3|1", True, Decimal("5.50"), "true"),
        ("o4|1", True, Decimal("12.00"), "true"),  # a seller whom no table knows: in no stage
        ("o5|1", True, Decimal("9.00"), "false"),  # cancelled
    ]


def test_small_reviews_reach_each_seller(small_olist: OlistHome) -> None:
    """One answer for two orders, two answers for one order, two sellers of one, no known order."""
    assert small_olist.ask("select mention_id from unified.int_mentions_unified order by 1") == [
        ("r1|o1|s1",), ("r1|o1|s2",), ("r1|o2|s3",), ("r2|o3|s1",), ("r3|o2|s3",), ("r5|o5|s5",),
    ]  # fmt: skip
    assert small_olist.ask(
        "select response_id, contact_id from unified.int_survey_responses_unified order by 1"
    ) == [
        ("r1|o1", "u1"), ("r1|o2", "u2"), ("r2|o3", "u1"), ("r3|o2", "u2"), ("r4|o99", None),
        ("r5|o5", "u4"),
    ]  # fmt: skip


def test_small_sellers_in_their_stages(small_olist: OlistHome) -> None:
    """s1 was praised, then scolded; s2 was praised and sold no more; s5 sold what was cancelled."""
    assert small_olist.ask(
        "select accounts.account_id, list(stage order by entered_at)"
        " from today.int_stage_intervals_known as stays"
        " join unified.int_accounts_unified as accounts"
        " on stays.account_id = md5('olist|' || accounts.account_id)"
        " where account_type = 'company' group by 1 order by 1"
    ) == [
        ("s1", ["awareness", "decision", "retention", "advocacy", "retention"]),
        ("s2", ["decision", "retention", "advocacy", "former_customer"]),
        ("s5", ["awareness", "decision"]),
    ]


def test_small_places_and_categories(small_olist: OlistHome) -> None:
    assert small_olist.ask(
        "select contact_id, city from unified.int_contacts_unified order by 1"
    ) == [("u1", "suzano"), ("u2", "campinas"), ("u3", "urubici"), ("u4", "sao paulo")]
    restriction = "and contacts.city = 'suzano'"
    assert small_olist.ask(CITIES_OF_SHORT_ZIP_CODES.format(restriction=restriction)) == [(2,)]
    assert small_olist.ask(
        "select product_id, category from unified.int_products_unified order by 1"
    ) == [("p1", "perfumery"), ("p2", "pc_gamer"), ("p3", None)]


def test_real_batches(real_olist: OlistHome) -> None:
    """234 orders came twice; 47 customers came again with the zero that batch A had lost."""
    assert real_olist.orders_after_a == 8000
    assert real_olist.ask("select count(*) from unified.int_orders_unified") == [(10766,)]
    assert real_olist.rows_after_b == real_olist.rows_after_b_again
    customers, items, orders = real_olist.ask(RECONCILED)
    assert orders == ("orders", 11000, 234, 0, 10766)
    assert items == ("order_items", 9116 + 3397, 267, 0, 12246)
    assert customers == ("customers", 11000, 187, 11000 - 187 - 10713, 10713)
    assert real_olist.ask(UNBALANCED) == []


def test_real_orders_are_the_shoppers(real_olist: OlistHome) -> None:
    assert real_olist.ask(ORDERS_AT_THEIR_SHOPPER) == [(10766, 10713)]


def test_real_sellers_in_their_stages(real_olist: OlistHome) -> None:
    """160 of the 842 sold something, 60 of these were praised; the README says who is left."""
    ever, now = dict(real_olist.ask(SELLERS_EVER)), dict(real_olist.ask(SELLERS_NOW))
    assert (ever["decision"], ever["retention"], ever["advocacy"]) == (842, 160, 60)
    assert now == {"decision": 682, "retention": 26, "advocacy": 10, "former_customer": 124}


def test_real_reviews_reach_each_seller(real_olist: OlistHome) -> None:
    """2,923 reviews are about one seller, 45 about two, 2 about three, 23 about nobody known."""
    assert real_olist.ask("select count(*) from unified.int_survey_responses_unified") == [(2993,)]
    assert real_olist.ask("select count(*) from unified.int_mentions_unified") == [
        (2923 + 2 * 45 + 3 * 2,)
    ]


def test_real_zip_codes_and_categories(real_olist: OlistHome) -> None:
    assert real_olist.ask(CITIES_OF_SHORT_ZIP_CODES.format(restriction="")) == [(615,)]
    assert real_olist.ask(
        "select count(*), count(category), count(*) filter (category = 'health_beauty')"
        " from unified.int_products_unified"
    ) == [(32951, 32951 - 610, 2444)]
