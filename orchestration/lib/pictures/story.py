"""What a journey picture shows, read from the published file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.explain.reading import Row, as_rows

# the journey that tells most: it ended well, with several people over several channels
MOST_TELLING = """
    select account_id
    from marts.fct_journeys
    where closed_at is not null and amount > 0 and touchpoint_count <= 90
    order by
        least(person_count, 6) desc, least(channel_count, 6) desc,
        least(touchpoint_count, 45) desc, amount desc, journey_id
    limit 1
"""
ANY_ACCOUNT = """
    select account_id
    from marts.fct_journeys
    order by least(person_count, 6) desc, touchpoint_count desc, journey_id
    limit 1
"""
JOURNEY = """
    select * from marts.fct_journeys where account_id = ?
    order by closed_at is not null and amount > 0 desc, touchpoint_count desc, journey_id limit 1
"""
TOUCHPOINTS = """
    select
        touchpoint_id, occurred_at, person_id, touchpoint_type, action, channel, direction, kind,
        quantity, campaign_id, content, stage_at_touch, journey_position
    from marts.fct_touchpoints
    where account_id = ? and occurred_at between ? and ? and not is_bot
    order by occurred_at, touchpoint_id
"""
PERSONS = """
    select person_id, first_name, last_name, email, title, seniority, may_be_mailed
    from marts.dim_persons where account_id = ? order by person_id
"""
STAGES = """
    select stage, rank, entered_at, coalesce(exited_at, ?) as exited_at, rule_id
    from marts.fct_stage_transitions left join marts.dim_stages using (stage)
    where account_id = ? and entered_at < ? and coalesce(exited_at, ?) > ?
    order by entered_at, transition_id
"""
CONVERSIONS = """
    select conversion_type, occurred_at, amount, rule_id from marts.fct_conversions
    where account_id = ? and occurred_at between ? and ? order by occurred_at, conversion_id
"""
# room on both sides, as a share of the journey's length, and at least some days
MARGIN_SHARE = 0.04
LEAST_MARGIN = timedelta(days=4)


@dataclass(frozen=True, kw_only=True)
class JourneyStory:
    """One journey of one account: rows of the marts, and the span of time that is drawn."""

    account: Row
    journey: Row
    touchpoints: list[Row]
    persons: list[Row]
    stages: list[Row]
    conversions: list[Row]
    begins: datetime
    ends: datetime
    currency: str


def most_telling_account(connection: duckdb.DuckDBPyConnection) -> str:
    """The id of the account whose journey says most; raises TouchlineError without journeys."""
    for query in (MOST_TELLING, ANY_ACCOUNT):
        if found := connection.execute(query).fetchall():
            return found[0][0]
    raise TouchlineError(
        "no account has a journey yet",
        "marts.fct_journeys",
        "land data with web visits, mails or deals, then `touchline run`",
    )


def read_story(connection: duckdb.DuckDBPyConnection, account_id: str) -> JourneyStory:
    """Everything the picture of an account shows; raises TouchlineError if it has no journey."""
    journeys = _rows(connection, JOURNEY, account_id)
    if not journeys:
        raise TouchlineError(
            "this account has no journey", account_id, "choose another: select * from fct_journeys"
        )
    journey = journeys[0]
    as_of, currency = connection.execute(
        "select as_of, reporting_currency from observability.publication"
    ).fetchall()[0]
    begins, ends = _span(journey, as_of)
    return JourneyStory(
        account=_rows(
            connection, "select * from marts.dim_accounts where account_id = ?", account_id
        )[0],
        journey=journey,
        touchpoints=_rows(connection, TOUCHPOINTS, account_id, begins, ends),
        persons=_rows(connection, PERSONS, account_id),
        stages=_rows(connection, STAGES, as_of, account_id, ends, as_of, begins),
        conversions=_rows(connection, CONVERSIONS, account_id, begins, ends),
        begins=begins,
        ends=ends,
        currency=currency,
    )


def _span(journey: Row, as_of: datetime) -> tuple[datetime, datetime]:
    """The time a picture covers: the journey and a little room on both sides."""
    closed = journey["closed_at"] or as_of
    room = max(LEAST_MARGIN, (closed - journey["opened_at"]) * MARGIN_SHARE)
    return journey["opened_at"] - room, closed + room


def _rows(connection: duckdb.DuckDBPyConnection, query: str, *values: Any) -> list[Row]:
    return as_rows(connection.execute(query, list(values)))
