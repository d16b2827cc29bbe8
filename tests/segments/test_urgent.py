"""Who comes to a limit of an urgent segment by time alone is seen without a build."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from orchestration.lib.segments.urgent import due_by_time, urgent_segments
from orchestration.lib.settings import Settings

AS_OF = datetime(2026, 7, 1, 11, 15, tzinfo=UTC)
DEFINITIONS = "segment_id,is_urgent,is_active\nabandoned_cart,{carts},true\n"


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    """What a build says of two people who left a cart 50 minutes and three hours ago."""
    connection = duckdb.connect()
    connection.execute(
        "create schema today; create table today.int_moment_of_build as"
        f" select timestamp '{AS_OF:%Y-%m-%d %H:%M}' as as_of;"
        " create table today.int_person_attributes_listed as select * from (values"
        " ('ada', 'hours_since_cart_left', 0.8333::decimal(18, 6)),"
        " ('ben', 'hours_since_cart_left', 3.0),"
        " ('ben', 'days_since_ticket_solved', 0.9),"
        " ('ada', 'days_since_act', 13.9)) as seen(entity_id, attribute, value_number)"
    )
    return connection


@pytest.mark.parametrize(("minutes", "due"), [(0, 0), (9, 0), (11, 1), (150, 2), (60 * 24 * 7, 2)])
def test_due_is_who_has_come_to_a_limit_since_the_build(
    settings: Settings, warehouse: duckdb.DuckDBPyConnection, minutes: int, due: int
) -> None:
    """A cart is due after an hour, a solved ticket after a day; who only leaves is in no hurry."""
    assert urgent_segments(settings) == ["abandoned_cart", "service_recovery"]
    assert due_by_time(warehouse, settings, AS_OF + timedelta(minutes=minutes)) == due


def test_an_own_row_takes_the_hurry_away(
    settings: Settings, warehouse: duckdb.DuckDBPyConnection
) -> None:
    (settings.rules / "segment_definitions.csv").write_text(DEFINITIONS.format(carts="false"))
    assert urgent_segments(settings) == ["service_recovery"]
    assert due_by_time(warehouse, settings, AS_OF + timedelta(minutes=11)) == 0


def test_before_the_first_build_nobody_is_due(settings: Settings) -> None:
    assert due_by_time(duckdb.connect(), settings, AS_OF) == 0
