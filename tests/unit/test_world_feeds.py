"""The further tables of a generated world tell of the same people, clicks and deals."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.lib.raw_checks import declared_tables
from orchestration.lib.world.schema import SHAPES
from tests.unit.generated_worlds import generated_world

FURTHER = (
    "lead_status_changes", "opportunity_contacts", "campaign_members", "ad_clicks",
    "ad_account_days", "content_days", "costs", "products", "billing_subscriptions", "tickets",
    "survey_responses", "mentions", "referrals", "product_events", "experiments",
)  # fmt: skip


@pytest.fixture
def world() -> duckdb.DuckDBPyConnection:
    return generated_world(300)[0]


def value(world: duckdb.DuckDBPyConnection, query: str) -> float:
    row = world.execute(query).fetchone()
    return row[0] if row else 0


def test_every_table_of_the_contract_is_generated() -> None:
    assert set(SHAPES) == {spec.table for spec in declared_tables() if spec.system == "files"}


@pytest.mark.parametrize("table", FURTHER)
def test_a_small_world_holds_some_rows(table: str) -> None:
    assert generated_world(50)[1].rows[table] >= 3


@pytest.mark.parametrize(
    ("table", "column", "target", "key", "least"),
    [
        ("lead_status_changes", "lead_id", "leads", "lead_id", 0.98),
        ("lead_status_changes", "contact_id", "contacts", "contact_id", 1.0),
        ("opportunity_contacts", "opportunity_id", "opportunities", "opportunity_id", 0.98),
        ("opportunity_contacts", "contact_id", "contacts", "contact_id", 0.98),
        ("campaign_members", "contact_id", "contacts", "contact_id", 0.98),
        ("campaign_members", "lead_id", "leads", "lead_id", 0.98),
        ("billing_subscriptions", "account_id", "accounts", "account_id", 0.95),
        ("tickets", "contact_id", "contacts", "contact_id", 0.95),
        ("survey_responses", "contact_id", "contacts", "contact_id", 1.0),
        ("mentions", "account_id", "accounts", "account_id", 1.0),
        ("product_events", "account_id", "accounts", "account_id", 0.98),
        ("order_items", "product_id", "products", "product_id", 1.0),
        ("web_events", "product_id", "products", "product_id", 1.0),
        ("ad_clicks", "adgroup_id", "ad_days", "adgroup_id", 1.0),
        ("experiments", "anonymous_id", "web_events", "anonymous_id", 0.98),
    ],
)  # fmt: skip
def test_references_find_their_record(
    world: duckdb.DuckDBPyConnection, table: str, column: str, target: str, key: str, least: float
) -> None:
    share = f"""select avg(({column} in (select {key} from {target} where {key} is not null))::int)
        from {table} where {column} is not null"""
    assert least <= value(world, share) <= 1


def test_most_ad_clicks_open_a_visit_a_moment_later(world: duckdb.DuckDBPyConnection) -> None:
    landings = """select regexp_extract(page_url, '(gclid|msclkid|fbclid|li_fat_id)=(\\w+)', 2)
        as click_id, min(occurred_at::timestamptz) as landed_at from web_events group by all"""
    share, shortest, longest = world.execute(
        f"""with gaps as (
            select date_diff('second', clicked_at::timestamptz, landed_at) as gap
            from ad_clicks left join ({landings}) using (click_id)
        ) select avg((gap is not null)::int), min(gap), max(gap) from gaps"""
    ).fetchone()
    assert 0.85 <= share <= 0.95
    assert 1 <= shortest <= longest <= 10


def test_a_click_without_tags_is_decided_by_its_campaign(world: duckdb.DuckDBPyConnection) -> None:
    channels = """select distinct campaign_type, channel from ad_clicks
        inner join truth_touchpoints on source_table = 'ad_clicks'
            and source_record_id = click_id where channel is not null"""
    found = set(world.execute(channels).fetchall())
    assert {("display", "display"), ("shopping", "paid_shopping"), ("social", "paid_social"),
            ("search", "paid_search")} <= found  # fmt: skip


def test_forms_and_memberships_are_minutes_apart(world: duckdb.DuckDBPyConnection) -> None:
    gaps = """select max(date_diff('second', web.occurred_at::timestamptz,
            member.occurred_at::timestamptz)), count(*)
        from truth_touchpoints as member inner join truth_touchpoints as web
            using (true_touchpoint_id)
        where member.source_table = 'campaign_members' and web.source_table = 'web_events'"""
    longest, pairs = world.execute(gaps).fetchone()
    assert pairs > 50
    assert 0 < longest <= 300


def test_leads_end_in_the_status_their_record_has(world: duckdb.DuckDBPyConnection) -> None:
    differing = """select count(*) from (
            select lead_id, arg_max(status, changed_at) as last_status
            from lead_status_changes where lead_id is not null group by lead_id)
        inner join leads using (lead_id)
        where leads.status <> last_status
            and not (leads.status = 'unqualified' and last_status in ('working', 'recycled'))"""
    assert value(world, differing) == 0


def test_nobody_uses_the_product_before_being_known(world: duckdb.DuckDBPyConnection) -> None:
    strange = """select count(*) from truth_touchpoints
        inner join truth_accounts using (true_account_id)
        where source_table in ('product_events', 'campaign_members', 'tickets')
            and occurred_at < opened_at"""
    assert value(world, strange) == 0


def test_customers_only_speak_as_such_after_they_bought(world: duckdb.DuckDBPyConnection) -> None:
    early = """select count(*) from truth_touchpoints
        inner join truth_accounts using (true_account_id)
        where source_table in ('tickets', 'mentions', 'referrals') and motion = 'b2b'
            and (won_at is null or occurred_at < won_at)"""
    assert value(world, early) == 0


def test_one_company_in_seven_has_ended_its_subscription(world: duckdb.DuckDBPyConnection) -> None:
    share = "select avg((ended_at is not null)::int) from billing_subscriptions"
    assert 0.05 <= value(world, share) <= 0.2
    both = "select count(*) from billing_subscriptions where ended_at > '' and renews_at > ''"
    assert value(world, both) == 0


def test_happy_people_give_high_scores(world: duckdb.DuckDBPyConnection) -> None:
    answers = "select count(*) from survey_responses where survey_type = 'nps' and score::int"
    assert value(world, f"{answers} >= 9") > value(world, f"{answers} <= 6") > 0
    torn = """select count(*) from mentions where kind = 'review'
        and (rating::int >= 4) <> (sentiment = 'positive') and rating::int <> 4"""
    assert value(world, torn) == 0


def test_columns_of_no_contract_come_along(world: duckdb.DuckDBPyConnection) -> None:
    assert value(world, "select count(distinct favourite_colour__c) from contacts") == 3
    assert value(world, "select count(distinct contract_tier__c) from accounts") == 3


def test_customers_are_texted_and_two_in_five_answer(world: duckdb.DuckDBPyConnection) -> None:
    texts = "select * from activities where activity_type = 'sms'"
    sent = value(world, f"select count(*) from ({texts}) where direction = 'outbound'")
    answers = value(world, f"select count(*) from ({texts}) where direction = 'inbound'")
    assert sent > 100
    assert 0.3 <= answers / sent <= 0.45
    unasked = f"""select count(*) from ({texts}) as answer anti join ({texts}) as sent
        on sent.contact_id = answer.contact_id and sent.direction = 'outbound'
            and sent.occurred_at < answer.occurred_at where answer.direction = 'inbound'"""
    assert value(world, unasked) == 0
    early = """select count(*) from truth_touchpoints inner join truth_accounts
            using (true_account_id) where touchpoint_type = 'sms_sent' and motion = 'b2b'
            and (won_at is null or occurred_at < won_at)"""
    assert value(world, early) == 0
