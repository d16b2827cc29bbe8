"""What was planned and applied, and what became of every change."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import duckdb

from orchestration.lib.syncs.ledger import Plan, plans_of

STATES = """
    select plan_id, state, count(*) from sync_changes
    where plan_id in (select unnest($plans::varchar[]))
    group by all order by all
"""
REASONS = """
    select reason, count(*) from sync_changes
    where plan_id = $plan and reason is not null
    group by all order by 2 desc, 1
    limit $limit
"""
REASONS_SHOWN = 5


def history_of(
    connection: duckdb.DuckDBPyConnection,
    *,
    destination: str | None = None,
    segment_id: str | None = None,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """The newest plans first: all of each row, and how many of its changes are in which state."""
    plans = plans_of(connection, destination=destination, segment_id=segment_id)[:limit]
    names = [plan.plan_id for plan in plans]
    states: dict[str, dict[str, int]] = {}
    for plan_id, state, count in connection.execute(STATES, {"plans": names}).fetchall():
        states.setdefault(plan_id, {})[state] = count
    return [
        asdict(plan) | {"states": states.get(plan.plan_id, {}), "changes": plan.changes}
        for plan in plans
    ]


def outcome_of(connection: duckdb.DuckDBPyConnection, plan: Plan) -> dict[str, Any]:
    """What became of one plan: its changes by state, and the most frequent reasons."""
    states = connection.execute(STATES, {"plans": [plan.plan_id]}).fetchall()
    reasons = connection.execute(REASONS, {"plan": plan.plan_id, "limit": REASONS_SHOWN}).fetchall()
    return {
        "plan_id": plan.plan_id,
        "destination": plan.destination,
        "segment_id": plan.segment_id,
        "status": plan.status,
        "states": {state: count for _, state, count in states},
        "reasons": dict(reasons),
    }
