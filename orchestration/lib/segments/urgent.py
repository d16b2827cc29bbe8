"""Urgent segments: whether there are any, and whether time alone has made somebody due for one."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.settings import Settings

# attributes that grow with time alone: their prefix, and how many of their units an hour is
GROWING = {"hours_since_": 1.0, "days_since_": 1 / 24}
# operators that begin to hold when a number has grown
REACHED_BY = ("at_least", "more_than")
ATTRIBUTES = "today.int_person_attributes_listed"
MOMENT = "today.int_moment_of_build"
Limit = tuple[str, float, float]


def urgent_segments(settings: Settings) -> list[str]:
    """Active segments whose members are told within minutes, sorted."""
    rows = effective_rows(settings, rule_tables()["segment_definitions"])
    return sorted(
        row.values["segment_id"]
        for row in rows
        if row.values.get("is_active") == "true" and row.values.get("is_urgent") == "true"
    )


def due_by_time(connection: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> int:
    """How many times, since the last build, a person came to where a clause of an urgent segment
    begins to hold; 0 before the first build and with Spark, whose tables lie elsewhere.

    Other clauses are not asked, so a run may find nobody; whoever is due is never missed.
    """
    limits = _limits(settings)
    if not limits or not _is_built(connection):
        return 0
    found = connection.execute(
        f"""
        with limits as (
            select distinct
                unnest(?::varchar[]) as attribute,
                unnest(?::double[]) as reached_at,
                unnest(?::double[]) as units_per_hour
        )
        select count(*)
        from {ATTRIBUTES} as seen
        inner join limits using (attribute)
        cross join {MOMENT} as build
        where seen.value_number <= reached_at
            and seen.value_number + epoch(?::timestamp - build.as_of) / 3600 * units_per_hour
            >= reached_at
        """,
        [*(list(column) for column in zip(*limits, strict=True)), _utc(now)],
    ).fetchone()
    return found[0] if found else 0


def _limits(settings: Settings) -> list[Limit]:
    """Attribute, the value at which a clause begins to hold, and units per hour."""
    urgent = set(urgent_segments(settings))
    limits: list[Limit] = []
    for row in effective_rows(settings, rule_tables()["segment_rules"]):
        cells = row.values
        attribute, number = cells.get("attribute") or "", cells.get("value_number")
        pace = next((GROWING[head] for head in GROWING if attribute.startswith(head)), None)
        is_asked = cells.get("is_active") == "true" and cells.get("result") in urgent
        if is_asked and pace and number and cells.get("operator") in REACHED_BY:
            limits.append((attribute, float(number), pace))
    return limits


def _is_built(connection: duckdb.DuckDBPyConnection) -> bool:
    names = [name.split(".")[1] for name in (ATTRIBUTES, MOMENT)]
    found = connection.execute(
        "select count(distinct table_name) from information_schema.tables"
        " where table_schema = 'today' and list_contains(?, table_name)",
        [names],
    ).fetchone()
    return found == (len(names),)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
