"""A shop's pixel with all its defects, through the real chain: no row lost, none counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.settings import Settings
from tests.examples.example_home import puffy_home

SMALL = Path(__file__).with_name("puffy")
Ask = Callable[[str], Any]


def asking(settings: Settings) -> Iterator[Ask]:
    """Yields a one-value query on warehouse and marts of a home."""
    with duckdb.connect() as reader:
        reader.execute(f"attach '{settings.warehouse}' as warehouse (read_only)")
        reader.execute(f"attach '{settings.marts_build}' as marts_build (read_only)")
        reader.execute("use warehouse")
        yield lambda query: reader.execute(query).fetchall()[0][0]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Fifteen rows of our own with the same defects."""
    yield from asking(puffy_home(SMALL, tmp_path_factory.mktemp("small") / "home"))


@pytest.fixture(scope="module")
def real(real_puffy: Settings) -> Iterator[Ask]:
    """The export itself, where there is a copy of it."""
    yield from asking(real_puffy)


LEDGER = "select {} from raw_ops.load_ledger"
EVENTS = "select count(*) from touchpoints.int_web_events_judged"
ORDERS = "from touchpoints.int_touchpoints_resolved where touchpoint_type = 'order_placed'"
SHARED_HASHES = """
    with devices as (
        select email_sha256, device_key
        from unified.int_web_events_unified
        where email_sha256 is not null and device_key is not null
        group by all
    ),
    shared as (
        select email_sha256 from devices group by email_sha256 having count(*) > 1
    )
    select {}
    from shared
    join identity.int_identity_clusters_resolved
        on identifier_type = 'email_sha256' and identifier_value = email_sha256
"""


WITHOUT_CHANNEL = "select count(*) from marts_build.marts.fct_sessions where channel is null"
UNREADABLE = """
    select count(*) from touchpoints.int_landings_channeled
    where click_id_type is not null and channel = 'unassigned'
"""


def test_every_row_is_accounted_for(small: Ask) -> None:
    assert small(LEDGER.format("sum(rows_in)")) == 15
    assert small(LEDGER.format("sum(rows_duplicate)")) == 1
    assert small(EVENTS) == 14


def test_a_renamed_column_loses_no_device(small: Ask) -> None:
    assert small("select count(distinct device_key) from touchpoints.int_web_events_judged") == 5


def test_a_vanished_column_is_null(small: Ask) -> None:
    late = "source_record_id in (select _row_id from raw_puffy.web_events where referrer is null"
    assert small(f"{EVENTS} where {late} and timestamp > '2025-03-04')") == 3


def test_more_than_half_an_hour_of_silence_starts_a_session(small: Ask) -> None:
    sessions = "select count(*) from marts_build.marts.fct_sessions s join touchpoints."
    sessions += "int_sessions_channeled c using (session_id) where c.device_key = '{}'"
    assert small(sessions.format("c2")) == 2  # 30:00.001 splits, 30:00.000 does not
    assert small(sessions.format("c1")) == 2


def test_unreadable_tags_with_a_click_id_have_a_channel(small: Ask) -> None:
    first = "from touchpoints.int_sessions_channeled where device_key = 'c1' order by started_at"
    assert small(f"select channel {first}") == "email"  # the token is explained by an own row
    assert small(WITHOUT_CHANNEL) == 0
    assert small(UNREADABLE) == 0


def test_one_transaction_of_two_devices_is_one_touchpoint(small: Ask) -> None:
    assert small(f"select count(*) {ORDERS}") == 2
    assert small(f"select sum(value) {ORDERS}") == 100
    records = "from marts_build.marts.fct_touchpoint_records"
    assert small(f"select count(*) {records} where collapse_rule_id = 'order_and_checkout'") == 3


def test_devices_of_one_address_are_one_person(small: Ask) -> None:
    clusters = "from identity.int_identity_clusters_resolved"
    devices = "identifier_value in ('c1', 'c2', 'c3')"
    assert small(f"select count(distinct person_id) {clusters} where {devices}") == 1


def test_bots_are_flagged_and_count_nowhere(small: Ask) -> None:
    assert small(f"{EVENTS} where is_bot and bot_rule_id is not null") == 1
    counted = "from touchpoints.int_touchpoints_resolved where is_bot and counts_in_journey"
    assert small(f"select count(*) {counted}") == 0


def test_an_event_without_device_has_no_session_and_is_counted(small: Ask) -> None:
    assert small(f"{EVENTS} where session_id is null") == 1


@pytest.mark.slow
def test_the_real_export(real: Ask) -> None:
    figures = {
        "rows": real(LEDGER.format("sum(rows_in)")),
        "duplicates": real(LEDGER.format("sum(rows_duplicate)")),
        "events": real(EVENTS),
        "bots": real(f"{EVENTS} where is_bot"),
        "without device": real(f"{EVENTS} where session_id is null"),
        "orders": real(f"select count(*) {ORDERS}"),
        "amount": float(real(f"select sum(value) {ORDERS}")),
        "shared hashes": real(SHARED_HASHES.format("count(distinct email_sha256)")),
        "their persons": real(SHARED_HASHES.format("count(distinct person_id)")),
        "sessions": real("select count(*) from marts_build.marts.fct_sessions"),
        "without channel": real(WITHOUT_CHANNEL),
    }
    assert figures == {
        "rows": 49963,
        "duplicates": 1,
        "events": 49962,
        "bots": 6437,
        "without device": 2908,
        "orders": 290,
        "amount": 287744.40,
        "shared hashes": 17,
        "their persons": 17,
        "sessions": 38267,
        "without channel": 0,
    }
    assert real(UNREADABLE) == 0
