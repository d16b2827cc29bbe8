"""Sends the changes of a plan batch by batch, so that a crash neither loses nor repeats any."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import duckdb

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    Destination,
    DestinationError,
    Operation,
    UnknownOutcomeError,
)
from orchestration.lib.failpoints import failpoint
from orchestration.lib.syncs.answering import keep_answers, leave_out, mark_sent, put_back
from orchestration.lib.syncs.delivering import confirm, deliver, look_up
from orchestration.lib.syncs.ledger import Plan

COLUMNS = "change_number, person_id, operation, email, idempotency_key, fields, remote_id, wave"
NEXT = f"""
    select {COLUMNS} from sync_changes
    where
        plan_id = $plan_id and state = 'planned' and operation = coalesce($operation, operation)
    order by change_number limit $size
"""
UNANSWERED = f"""
    select {COLUMNS} from sync_changes
    where plan_id = $plan_id and state = 'sent' and batch = $batch
    order by change_number
"""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Changes of one operation, at most one per person, and their numbers in the plan."""

    number: int
    numbers: tuple[int, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a batch: whether the tool works, and how many accepted were not found."""

    is_in_order: bool
    missing: int = 0


def next_batch(
    connection: duckdb.DuckDBPyConnection,
    plan_id: str,
    *,
    size: int,
    operation: Operation | None = None,
) -> Batch | None:
    """The next unsent changes of a plan, of one operation; none when all have left."""
    arguments = {"plan_id": plan_id, "operation": operation, "size": size}
    rows = connection.execute(NEXT, arguments).fetchall()
    alike = list(takewhile(lambda row: (row[2], row[7]) == (rows[0][2], rows[0][7]), rows))
    last = connection.execute(
        "select coalesce(max(batch), 0) from sync_changes where plan_id = ?", [plan_id]
    ).fetchone()[0]
    return _batch(alike, number=last + 1) if alike else None


def unanswered_batches(connection: duckdb.DuckDBPyConnection, plan_id: str) -> Iterator[Batch]:
    """Batches that left and of which no answer was kept."""
    numbers = connection.execute(
        "select distinct batch from sync_changes where plan_id = ? and state = 'sent' order by 1",
        [plan_id],
    ).fetchall()
    for (number,) in numbers:
        arguments = {"plan_id": plan_id, "batch": number}
        yield _batch(connection.execute(UNANSWERED, arguments).fetchall(), number=number)


def send_batch(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    plan: Plan,
    batch: Batch,
    *,
    read_back: bool = False,
) -> Outcome:
    """Send one batch and keep its answers; with `read_back` only what is found there counts.

    Raises DestinationError, with the batch unsent again, and UnknownOutcomeError, with the batch
    left as sent, to be resolved by the next apply.
    """
    mark_sent(connection, plan, batch.number, batch.numbers)
    failpoint("sync.marked_sent")
    try:
        answers = deliver(destination, plan.segment_id, batch.changes)
    except UnknownOutcomeError:
        raise
    except DestinationError:
        put_back(connection, plan, batch.numbers)
        raise
    failpoint("sync.answered")
    missing = 0
    if read_back:
        answers, missing = confirm(destination, plan.segment_id, batch.changes, answers)
    keep_answers(connection, plan, _numbered(batch, answers))
    failpoint("sync.answers_kept")
    in_order = any(one.state == "accepted" or one.is_unknown_there for one in answers)
    return Outcome(is_in_order=in_order, missing=missing)


def resolve_batch(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    plan: Plan,
    batch: Batch,
    *,
    may_send: bool,
) -> None:
    """Settle a batch whose answer was lost: what is there as wanted was accepted.

    The rest is sent again under the same idempotency keys, unless the plan no longer holds
    (`may_send` false) or the person has refused since.
    """
    there, left = look_up(destination, plan.segment_id, batch.changes)
    keep_answers(connection, plan, _numbered(batch, there))
    failpoint("sync.resolved_found")
    if not left:
        return
    numbers = dict(zip((one.person_id for one in batch.changes), batch.numbers, strict=True))
    dropped = leave_out(
        connection, plan, [numbers[one.person_id] for one in left], everyone=not may_send
    )
    again = [one for one in left if numbers[one.person_id] not in dropped]
    if again:
        rest = Batch(
            number=batch.number,
            numbers=tuple(numbers[one.person_id] for one in again),
            changes=tuple(again),
        )
        send_batch(connection, destination, plan, rest)


def _numbered(batch: Batch, answers: Sequence[Answer]) -> list[tuple[int, Answer]]:
    """Answers with the number of their change; those nobody asked for are not heard."""
    numbers = dict(zip((one.person_id for one in batch.changes), batch.numbers, strict=True))
    return [(numbers[one.person_id], one) for one in answers if one.person_id in numbers]


def _batch(rows: Sequence[tuple], *, number: int) -> Batch:
    changes = tuple(
        Change(
            person_id=person_id,
            operation=operation,
            email=email,
            idempotency_key=key,
            fields=json.loads(fields),
            remote_id=remote_id,
        )
        for _, person_id, operation, email, key, fields, remote_id, _ in rows
    )
    return Batch(number=number, numbers=tuple(row[0] for row in rows), changes=changes)
