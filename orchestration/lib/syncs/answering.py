"""Keeps what became of changes: sent, answered, and with the answers what is acknowledged."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.lib.destinations.contract import Answer
from orchestration.lib.failpoints import failpoint
from orchestration.lib.syncs.ledger import Plan, utc_now
from orchestration.lib.syncs.published import REFUSED_SINCE
from orchestration.lib.transaction import transaction

ANSWERS = """
    update sync_changes set
        state = answers.state, reason = answers.reason, answered_at = $now,
        remote_id = coalesce(answers.remote_id, sync_changes.remote_id)
    from (
        select
            unnest($numbers::bigint[]) as change_number, unnest($states::varchar[]) as state,
            unnest($reasons::varchar[]) as reason, unnest($remote_ids::varchar[]) as remote_id
    ) as answers
    where plan_id = $plan_id and sync_changes.change_number = answers.change_number
"""
FORGET = """
    delete from acknowledged
    where destination = $destination and segment_id = $segment_id and email in (
        select email from sync_changes
        where plan_id = $plan_id and state = 'accepted'
        and change_number in (select unnest($numbers::bigint[]))
    )
"""
ACKNOWLEDGE = """
    insert into acknowledged
    select
        destination, segment_id, email, person_id, purpose, channel, after, sha256(after),
        remote_id, plan_id, $now
    from sync_changes
    where
        plan_id = $plan_id and state = 'accepted' and operation <> 'remove'
        and change_number in (select unnest($numbers::bigint[]))
"""
# it may yet arrive: held without a payload, so that the next plan adds it again or takes it out
MAY_ARRIVE = """
    insert into acknowledged
    select
        destination, segment_id, email, person_id, purpose, channel, null, null, remote_id,
        plan_id, $now
    from sync_changes
    where
        plan_id = $plan_id and operation = 'add'
        and change_number in (select unnest($numbers::bigint[]))
"""
LEAVE_OUT = f"""
    update sync_changes set
        state = 'dropped', reason = if($everyone, 'plan_moved', 'refused'), answered_at = $now
    where
        plan_id = $plan_id and change_number in (select unnest($numbers::bigint[]))
        and ($everyone or operation <> 'remove' and {REFUSED_SINCE})
    returning change_number
"""


def mark_sent(
    connection: duckdb.DuckDBPyConnection, plan: Plan, batch: int, numbers: Sequence[int]
) -> None:
    """Say that a batch is about to leave, before it does."""
    connection.execute(
        "update sync_changes set state = 'sent', batch = $batch, attempts = attempts + 1 "
        "where plan_id = $plan_id and change_number in (select unnest($numbers::bigint[]))",
        {"plan_id": plan.plan_id, "batch": batch, "numbers": list(numbers)},
    )


def put_back(connection: duckdb.DuckDBPyConnection, plan: Plan, numbers: Sequence[int]) -> None:
    """Say that changes did not leave after all."""
    connection.execute(
        "update sync_changes set state = 'planned' "
        "where plan_id = $plan_id and change_number in (select unnest($numbers::bigint[]))",
        {"plan_id": plan.plan_id, "numbers": list(numbers)},
    )


def keep_answers(
    connection: duckdb.DuckDBPyConnection, plan: Plan, answers: Sequence[tuple[int, Answer]]
) -> None:
    """Write answers and what they acknowledge, all or nothing; `answers` by change number."""
    numbers = [number for number, _ in answers]
    names = {"plan_id": plan.plan_id, "numbers": numbers}
    place = {"destination": plan.destination, "segment_id": plan.segment_id}
    with transaction(connection):
        connection.execute(
            ANSWERS,
            names
            | {"states": [answer.state for _, answer in answers], "now": utc_now()}
            | {"reasons": [answer.reason for _, answer in answers]}
            | {"remote_ids": [answer.remote_id for _, answer in answers]},
        )
        failpoint("sync.before_acknowledging")
        connection.execute(FORGET, names | place)
        connection.execute(ACKNOWLEDGE, names | {"now": utc_now()})


def leave_out(
    connection: duckdb.DuckDBPyConnection, plan: Plan, numbers: Sequence[int], *, everyone: bool
) -> set[int]:
    """Drop changes whose answer was lost, of those who refused since, or of everyone; returns
    which. Whoever was to be added may still arrive and counts as there, to be removed."""
    names = {"plan_id": plan.plan_id, "now": utc_now()}
    with transaction(connection):
        found = connection.execute(
            LEAVE_OUT, names | {"numbers": list(numbers), "everyone": everyone}
        ).fetchall()
        dropped = [number for (number,) in found]
        connection.execute(MAY_ARRIVE, names | {"numbers": dropped})
    return set(dropped)
