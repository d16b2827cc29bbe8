"""Law 3 of the past: what a build says of a moment does not depend on what happened after it.

What arrives later about the time before does count. Broken by: a table without a moment of its own
that is read without its parent, a fact that came true later than the row that tells of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.home import open_home
from orchestration.lib.lookups import refresh_lookups
from tests.homes import Home, differing_tables

AGO = timedelta(days=42)
# when what a raw row tells was so
MOMENTS = {
    "accounts": "coalesce(updated_at, created_at)",
    "activities": "occurred_at",
    "ad_account_days": "date",
    "ad_clicks": "clicked_at",
    "ad_days": "date",
    "billing_subscriptions": "started_at",
    "campaign_members": "occurred_at",
    "consents": "changed_at",
    "contacts": "coalesce(updated_at, created_at)",
    "content_days": "date",
    "costs": "period_start",
    "email_events": "occurred_at",
    "email_messages": "sent_at",
    "experiments": "assigned_at",
    "lead_status_changes": "changed_at",
    "leads": "coalesce(updated_at, created_at)",
    "mentions": "posted_at",
    "opportunities": "coalesce(updated_at, created_at)",
    "opportunity_stage_changes": "changed_at",
    "orders": "coalesce(updated_at, ordered_at)",
    "product_events": "occurred_at",
    "referrals": "occurred_at",
    "survey_responses": "submitted_at",
    "tickets": "created_at",
    "web_events": "occurred_at",
}
PARENTS = {
    "opportunity_contacts": ("opportunities", "opportunity_id"),
    "order_items": ("orders", "order_id"),
}
TIMELESS = {"products"}
# in half of the rows of these the export does not say when they changed
UNDATED = ("leads", "opportunities", "orders")
# what a row tells that came true after it, and since when
CAME_TRUE = {
    ("billing_subscriptions", "ended_at"): ("end_reason",),
    ("leads", "converted_at"): (
        "status",
        "converted_contact_id",
        "converted_account_id",
        "converted_opportunity_id",
    ),
    ("opportunities", "closed_at"): (
        "stage",
        "probability",
        "is_closed",
        "is_won",
        "lost_reason",
        "competitor",
    ),
    ("orders", "shipped_at"): ("status", "refunded_amount"),
    ("orders", "delivered_at"): ("status", "refunded_amount"),
    ("tickets", "solved_at"): ("status", "satisfaction"),
}
# the books count what landed, whether as_of knows of it or not
COUNTED_NOW = {
    "observability.rpt_row_reconciliation": (
        "rows_of_no_kind",
        "rows_not_yet",
        "rows_latest",
        "rows_as_measure",
        "rows_as_attribute",
    )
}


@pytest.mark.slow
def test_what_happened_later_changes_nothing(landed_home: Home, tmp_path: Path) -> None:
    then = landed_home.as_of - AGO
    told = Home(settings=landed_home.copy_to(tmp_path / "told").settings, as_of=then)
    with open_home(told.settings) as connection:
        forget_changes(connection)
    untold = told.copy_to(tmp_path / "untold")
    with open_home(untold.settings) as connection:
        assert set(filled_tables(connection)) == {*MOMENTS, *PARENTS, *TIMELESS}
        take_back(connection, then)
        assert take_out(connection, then) == {*MOMENTS, *PARENTS}
        refresh_lookups(connection)
    for home in (told, untold):
        home.build_unchecked()
    assert differing_tables(told, untold, but=COUNTED_NOW) == {}


def filled_tables(connection: duckdb.DuckDBPyConnection, schema: str = "raw_files") -> list[str]:
    """Tables of a schema that have rows."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = ? order by 1", [schema]
    ).fetchall()
    return [t for (t,) in tables if connection.sql(f"from {schema}.{t}").fetchone()]


def forget_changes(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave half of the rows without the moment of their last change."""
    for table in UNDATED:
        connection.execute(
            f"update raw_files.{table} set updated_at = null where hash(_row_id) % 2 = 0"
        )


def take_back(connection: duckdb.DuckDBPyConnection, then: datetime) -> None:
    """Leave out of the rows what came true at that moment or after it."""
    for (table, moment), told in CAME_TRUE.items():
        emptied = ", ".join(f"{column} = null" for column in (moment, *told))
        connection.execute(
            f"update raw_files.{table} set {emptied} where {moment}::timestamptz >= ?", [then]
        )


def take_out(connection: duckdb.DuckDBPyConnection, then: datetime) -> set[str]:
    """Take out the rows of that moment and after, and the lookups; the tables that lost rows."""
    short = set()
    for table, moment in MOMENTS.items():
        later = f"delete from raw_files.{table} where try_cast({moment} as timestamptz) >= ?"
        if connection.execute(later, [then]).fetchone() != (0,):
            short.add(table)
    for table, (parent, key) in PARENTS.items():
        orphans = f"{key} not in (select {key} from raw_files.{parent})"
        if connection.execute(f"delete from raw_files.{table} where {orphans}").fetchone() != (0,):
            short.add(table)
    for lookup in filled_tables(connection, "lookups"):
        connection.execute(f"delete from lookups.{lookup}")
    return short
