"""Plans a sync: writes down what is to become true at a destination, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from getpass import getuser
from typing import Any

import duckdb

from orchestration.lib.syncs.difference import find_difference
from orchestration.lib.syncs.guards import Facts, Guard, findings_of
from orchestration.lib.syncs.ledger import (
    Plan,
    add_plan,
    basis_of,
    plan_of,
    plans_of,
    tell_plan,
    utc_now,
)
from orchestration.lib.syncs.published import Version, silent_sources
from orchestration.lib.transaction import transaction

OPERATIONS = {"add": "additions", "update": "updates", "remove": "removals"}
COUNTS = OPERATIONS | {name: name for name in ("unchanged", "withheld", "quarantined")}
SAMPLE = 10
# removals leave first: whoever must not be there is gone even if the plan stops half-way
ORDER = ("remove", "add", "update", "quarantined")
# only removals can be of one person twice, each from another address: then they leave apart
CHANGES = """
    insert into sync_changes
    select
        $plan_id, $last + row_number() over (), {wave}, $destination, $segment_id, person_id,
        if(problem is null, operation, 'add'), email, purpose, channel, fields, before, after,
        content_hash,
        sha256(concat_ws(
            '|', $destination, $segment_id, coalesce(person_id, ''), content_hash, fields, $basis
        )),
        remote_id, null, if(problem is null, 'planned', 'quarantined'), problem, 0, null
    from difference
    where operation = $operation
"""
WAVE = "row_number() over (partition by person_id order by email)"
# a plan that waits has been replaced by this one; what it left unsent comes again in it
REPLACE = """
    update sync_plans set status = 'replaced', error = 'replaced by ' || $plan_id, ended_at = $now
    where
        destination = $destination and segment_id = $segment_id and plan_id <> $plan_id
        and status in ('planned', 'stopped', 'failed')
        and plan_id not in (select plan_id from sync_changes where state = 'sent')
"""
DROP_REPLACED = """
    delete from sync_changes
    where state = 'planned' and plan_id in (
        select plan_id from sync_plans
        where destination = $destination and segment_id = $segment_id and status = 'replaced'
    )
"""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be planned: a segment at a destination, its mapped fields, and the guards.

    `lacking` are mapped fields that the tool does not have.
    """

    destination: str
    segment_id: str
    fields: Mapping[str, str]
    guards: Sequence[Guard]
    is_resync: bool = False
    lacking: Sequence[str] = ()


def plan_segment(
    connection: duckdb.DuckDBPyConnection,
    wish: Wish,
    *,
    version: Version,
    now: datetime | None = None,
) -> Plan:
    """Plan one segment against the attached version; the plan replaces those that still wait.

    Nothing is sent. Rows whose key is missing or not unique are kept as quarantined.
    """
    find_difference(
        connection,
        destination=wish.destination,
        segment_id=wish.segment_id,
        fields=wish.fields,
        is_resync=wish.is_resync,
    )
    with transaction(connection):
        return write_plan(connection, wish, version=version, now=now or utc_now())


def write_plan(
    connection: duckdb.DuckDBPyConnection,
    wish: Wish,
    *,
    version: Version,
    now: datetime,
    undoes: str | None = None,
) -> Plan:
    """Write the temporary table `difference` down as a plan, judged by the guards."""
    names = {"destination": wish.destination, "segment_id": wish.segment_id}
    basis = basis_of(connection, wish.destination, wish.segment_id)
    plan_id = add_plan(
        connection,
        names
        | {"run_id": version.run_id, "as_of": version.as_of, "basis": basis, "undoes": undoes}
        | {"is_resync": wish.is_resync, "status": "planned", "who": getuser(), "created_at": now},
    )
    _write_changes(connection, names | {"plan_id": plan_id, "basis": basis})
    tell_plan(connection, plan_id, **_counts(connection, names))
    plan = plan_of(connection, plan_id)
    facts = _facts(connection, plan, lacking=wish.lacking, now=now)
    tell_plan(connection, plan_id, findings=findings_of(facts, wish.guards))
    connection.execute(REPLACE, names | {"plan_id": plan_id, "now": now})
    connection.execute(DROP_REPLACED, names)
    return plan_of(connection, plan_id)


def sample_of(
    connection: duckdb.DuckDBPyConnection, plan_id: str, *, size: int = SAMPLE
) -> list[dict[str, Any]]:
    """Some changes of a plan, of every operation, with what was and what is to be."""
    cursor = connection.execute(
        """
        select operation, person_id, email, before, after, fields, state, reason
        from sync_changes
        where plan_id = ?
        qualify row_number() over (partition by operation order by change_number) <= ?
        order by row_number() over (partition by operation order by change_number), operation
        limit ?
        """,
        [plan_id, size, size],
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _write_changes(connection: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> None:
    """Write the changes of a plan, numbered in the order of sending."""
    last = 0
    for operation in ORDER:
        sql = CHANGES.format(wave=WAVE if operation == "remove" else "1")
        arguments = names | {"operation": operation, "last": last}
        last += connection.execute(sql, arguments).fetchone()[0]


def _counts(connection: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> dict[str, int]:
    """How many rows of the difference there are of each kind, and of both its sides."""
    found = dict(
        connection.execute("select operation, count(*) from difference group by all").fetchall()
    )
    counts = {column: found.get(kind, 0) for kind, column in COUNTS.items()}
    held = connection.execute(
        "select count(*) from acknowledged "
        "where destination = $destination and segment_id = $segment_id",
        dict(names),
    ).fetchone()[0]
    members = sum(found.values()) - found.get("remove", 0) - found.get("quarantined", 0)
    return counts | {"members": members, "acknowledged": held}


def _facts(
    connection: duckdb.DuckDBPyConnection, plan: Plan, *, lacking: Sequence[str], now: datetime
) -> Facts:
    """What the guards look at."""
    earlier = [
        one
        for one in plans_of(connection, destination=plan.destination, segment_id=plan.segment_id)
        if one.plan_id != plan.plan_id
    ]
    limbo = connection.execute(
        "select distinct plan_id from sync_changes "
        "where destination = ? and segment_id = ? and state = 'sent'",
        [plan.destination, plan.segment_id],
    ).fetchall()
    unresolved = {name for (name,) in limbo}
    unresolved |= {one.plan_id for one in earlier if one.status == "applying"}
    applied = [one.run_id for one in earlier if one.status in ("applied", "undone")]
    return Facts(
        plan=plan,
        newest_run_id=max(applied, default=None),
        unresolved=sorted(unresolved),
        lacking=list(lacking),
        silent_sources=silent_sources(connection, plan.destination, plan.segment_id),
        now=now,
    )
