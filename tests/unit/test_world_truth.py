"""The truth beside a generated world covers its records, and its segments have members."""

from __future__ import annotations

import duckdb
import pytest

from tests.unit.generated_worlds import generated_world


@pytest.fixture(params=[50, 300])
def world(request: pytest.FixtureRequest) -> duckdb.DuckDBPyConnection:
    return generated_world(request.param)[0]


def values(world: duckdb.DuckDBPyConnection, query: str) -> list[object]:
    return [row[0] for row in world.execute(query).fetchall()]


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("contacts", "contact_id", "contact_id"), ("leads", "lead_id", "lead_id"),
        ("contacts", "email", "email"), ("leads", "email", "email"),
        ("web_events", "email", "email"), ("email_events", "email", "email"),
        ("consents", "email", "email"), ("orders", "email", "email"),
        ("web_events", "user_id", "user_id"), ("web_events", "email_sha256", "email_sha256"),
        ("orders", "user_id", "user_id"), ("product_events", "user_id", "user_id"),
        ("product_events", "email", "email"), ("tickets", "email", "email"),
        ("survey_responses", "email", "email"), ("campaign_members", "email", "email"),
        ("mentions", "author_email", "email"), ("referrals", "referrer_email", "email"),
        ("billing_subscriptions", "email", "email"), ("experiments", "email", "email"),
    ],
)  # fmt: skip
def test_every_identifier_has_its_person(
    world: duckdb.DuckDBPyConnection, table: str, column: str, kind: str
) -> None:
    unknown = values(
        world,
        f"""select distinct lower({column}) from {table} where {column} is not null except
        select lower(value) from truth_identifiers where identifier_type = '{kind}'""",
    )
    assert unknown == []


def test_an_identifier_belongs_to_one_person(world: duckdb.DuckDBPyConnection) -> None:
    shared = """select lower(value) from truth_identifiers group by identifier_type, lower(value)
    having count(distinct true_person_id) > 1"""
    assert values(world, shared) == []


def test_devices_are_a_persons_or_shared_or_a_bots(world: duckdb.DuckDBPyConnection) -> None:
    unknown = """select distinct anonymous_id from web_events where anonymous_id is not null
    and event_id not in (select event_id from truth_bots)
    and anonymous_id not in (select anonymous_id from truth_shared_devices)
    and anonymous_id not in (
        select value from truth_identifiers where identifier_type = 'anonymous_id')"""
    assert values(world, unknown) == []


@pytest.mark.parametrize("world", [300], indirect=True, ids=["a world with a shared device"])
def test_shared_devices_are_used_by_many(world: duckdb.DuckDBPyConnection) -> None:
    users = values(
        world,
        """select count(distinct lower(email)) from web_events
        inner join truth_shared_devices using (anonymous_id) group by anonymous_id""",
    )
    assert min(users) > 5


def test_linkable_devices_said_who_uses_them(world: duckdb.DuckDBPyConnection) -> None:
    silent = """select value from truth_identifiers
    where identifier_type = 'anonymous_id' and is_linkable = 'true' and value not in (
        select anonymous_id from web_events
        where anonymous_id is not null and coalesce(email, email_sha256, user_id) is not null)"""
    assert values(world, silent) == []


def test_linkable_log_ins_stand_beside_something_of_their_person(
    world: duckdb.DuckDBPyConnection,
) -> None:
    alone = """select value from truth_identifiers
    where identifier_type = 'user_id' and is_linkable = 'true'
    except select user_id from web_events where coalesce(anonymous_id, email) is not null
    except select user_id from product_events where email is not null
    except select user_id from orders where email is not null"""
    assert values(world, alone) == []
    assert values(world, "select value from truth_identifiers where is_linkable = 'false'")


@pytest.mark.parametrize(
    ("table", "key"),
    [("web_events", "event_id"), ("email_events", "event_id"), ("leads", "lead_id"),
     ("orders", "order_id"), ("campaign_members", "member_id"), ("ad_clicks", "click_id"),
     ("tickets", "ticket_id"), ("survey_responses", "response_id"), ("mentions", "mention_id"),
     ("referrals", "referral_id"), ("product_events", "event_id")],
)  # fmt: skip
def test_every_record_is_in_one_touchpoint(
    world: duckdb.DuckDBPyConnection, table: str, key: str
) -> None:
    records = f"""select distinct {key} from {table} where {key} not in (from truth_bots)
        and not contains({key}, '_stray_')"""
    told = f"select source_record_id from truth_touchpoints where source_table = '{table}'"
    assert values(world, f"{records} except ({told})") == []
    twice = f"{told} group by all having count(*) > 1"
    assert values(world, twice) == []


def test_duplicates_across_systems_share_a_touchpoint(world: duckdb.DuckDBPyConnection) -> None:
    pairs = """select source_tables, count(*) from (
        select true_touchpoint_id, list_sort(list(distinct source_table)) as source_tables
        from truth_touchpoints group by all) where len(source_tables) > 1 group by all"""
    found = {tuple(tables) for tables, _ in world.execute(pairs).fetchall()}
    assert found == {
        ("leads", "web_events"), ("orders", "web_events"), ("activities", "email_events"),
        ("email_events", "web_events"), ("ad_clicks", "web_events"),
        ("campaign_members", "web_events"), ("campaign_members", "leads", "web_events"),
    }  # fmt: skip


def test_machine_acts_follow_the_mail_within_a_minute(world: duckdb.DuckDBPyConnection) -> None:
    waits = """select date_diff('second', sent.occurred_at::timestamptz,
        machine.occurred_at::timestamptz) as wait
    from email_events as machine
    inner join truth_machine_opens using (event_id)
    asof join email_events as sent on sent.message_id = machine.message_id
        and sent.email = machine.email and sent.event_type = 'sent'
        and sent.occurred_at <= machine.occurred_at
    where sent.event_type = 'sent'"""
    seconds = values(world, waits)
    assert seconds
    assert max(seconds) <= 60


def test_checkouts_happen_when_their_orders_are_placed(world: duckdb.DuckDBPyConnection) -> None:
    gaps = """select abs(date_diff('second', web_events.occurred_at::timestamptz,
        ordered_at::timestamptz)) from web_events inner join orders using (transaction_id)"""
    assert set(values(world, gaps)) == {1}


def test_stages_are_entered_in_order_of_time(world: duckdb.DuckDBPyConnection) -> None:
    first = "select arg_min(stage, entered_on) from truth_stages group by true_account_id"
    assert set(values(world, first)) == {"awareness"}
    stages = set(values(world, "select distinct stage from truth_stages"))
    usual = {"awareness", "consideration", "decision", "retention", "advocacy", "dormant"}
    assert stages - {"former_customer"} == usual


@pytest.mark.parametrize(
    ("segment", "query"),
    [
        ("welcome", "select email from consents where status = 'confirmed'"
         " and changed_at >= '2026-06-30'"),
        ("abandoned_cart", "select anonymous_id from web_events"
         " where event_name = 'product_added_to_cart' and occurred_at >= '2026-06-28'"
         " and anonymous_id not in (select anonymous_id from orders"
         " where anonymous_id is not null and ordered_at >= '2026-06-28')"),
        ("purchase_thanks", "select order_id from orders where delivered_at >= '2026-06-28'"),
        ("win_back", "select email from orders group by email having count(*) > 1"
         " and max(ordered_at) < '2026-01-01'"),
        ("review_ask", "select email from orders where account_id is null"
         " group by email having count(*) = 2"),
        ("open_deals", "select opportunity_id from opportunities where is_closed = 'false'"),
    ],
)  # fmt: skip
def test_segments_have_members(world: duckdb.DuckDBPyConnection, segment: str, query: str) -> None:
    assert values(world, query), segment


def test_all_kinds_of_dirt_are_there(world: duckdb.DuckDBPyConnection) -> None:
    kinds = set(values(world, "select distinct kind from truth_dirt"))
    assert kinds >= {
        "duplicate_row", "repeated_batch", "updated_version", "stale_version", "late_row",
        "deleted_record", "restated_row", "formula_in_name", "sql_in_name", "consent_withdrawn",
        "cross_source_duplicate", "shared_mailbox", "doubled_contact", "free_mail_in_company",
        "merged_account", "disputed_lead",
        "broken_line_ragged", "broken_line_bad_date", "broken_line_missing_required",
        "broken_line_truncated", "broken_line_nameless_zone", "broken_line_bad_number",
        "renamed_column", "unknown_reference", "unknown_currency", "order_without_person",
        "answer_of_deleted_contact", "self_referral",
    }  # fmt: skip
