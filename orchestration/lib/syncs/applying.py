"""Applies a plan: nothing moved, nobody refused, a few first, then batch by batch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from getpass import getuser
from math import ceil

import duckdb

from orchestration.lib.destinations.contract import Destination, Operation
from orchestration.lib.errors import TouchlineError
from orchestration.lib.export_log import record_export
from orchestration.lib.failpoints import failpoint
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.dropping import drop_erased
from orchestration.lib.syncs.guards import require_overridden
from orchestration.lib.syncs.ledger import (
    OPEN,
    Plan,
    SyncError,
    basis_of,
    plan_of,
    tell_plan,
    utc_now,
)
from orchestration.lib.syncs.published import Version
from orchestration.lib.syncs.refusing import drop_refused, planned_addresses, read_refusals
from orchestration.lib.syncs.sending import (
    next_batch,
    resolve_batch,
    send_batch,
    unanswered_batches,
)

ORDER: tuple[Operation, ...] = ("remove", "add", "update")
# batches in a row without a sign that the tool works, before it is left alone
BARREN = 3
# the same address may have become another person's since: only the ledger has to know
REKEY = """
    update acknowledged set person_id = members.person_id
    from published.activation.sync_segment_members as members
    where
        acknowledged.destination = $destination and acknowledged.segment_id = $segment_id
        and members.destination = $destination and members.segment_id = $segment_id
        and lower(trim(members.email)) = acknowledged.email
        and members.person_id <> acknowledged.person_id
"""


@dataclass(frozen=True, kw_only=True)
class Override:
    """Guards somebody answers for, and why."""

    guards: Sequence[str] = ()
    reason: str | None = None


def apply_plan(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan_id: str,
    *,
    destination: Destination,
    version: Version,
    override: Override | None = None,
    tellers: Sequence[Destination] = (),
) -> Plan:
    """Make a plan true at its destination, or go on with one that was interrupted.

    `tellers` are other tools, asked as well who of the plan's people refused there; one that cannot
    answer stops the plan.
    Refused, with SyncError, when the published version or what is acknowledged moved since, or a
    guard stops it and nobody answers for it. A destination that cannot go on stops the plan with
    its own error; applying it again resolves what was left.
    """
    override = override or Override()
    plan = plan_of(connection, plan_id)
    if plan.status not in OPEN:
        raise _plan_again(plan, f"plan {plan_id} is {plan.status}")
    # also tells the tool's adapter which fields are read back
    destination.check(plan.segment_id, _fields(connection, plan_id))
    about = planned_addresses(connection, plan_id)
    for tool in (destination, *(tellers if about else ())):
        read_refusals(connection, settings, tool, about=about)
    try:
        _resolve(connection, destination, plan, version)
    except TouchlineError as error:
        if plan_of(connection, plan_id).status != "replaced":
            tell_plan(connection, plan_id, status="stopped", error=error.what, ended_at=utc_now())
        raise
    _require_unmoved(connection, plan, version)
    require_overridden(plan, override.guards, override.reason)
    if plan.changes:
        where = {"destination": plan.destination, "segment_id": plan.segment_id}
        record_export(settings, kind="sync", rows=plan.changes, plan_id=plan_id, **where)
    kept = {"overridden": list(override.guards), "override_reason": override.reason}
    tell_plan(connection, plan_id, status="applying", error=None, who=getuser(), **kept)
    failpoint("sync.applying")
    _send(connection, settings, destination, plan)
    _close(connection, plan)
    return plan_of(connection, plan_id)


def _send(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    destination: Destination,
    plan: Plan,
) -> None:
    """Tell the tool about everybody who has not refused since; an error stops the plan."""
    try:
        drop_refused(connection, plan.plan_id)
        drop_erased(connection, settings, plan.plan_id)
        _send_first(connection, destination, plan)
        _send_rest(connection, destination, plan)
        if _has_rejected(connection, plan.plan_id):
            # some tools tell only now whom they hold back
            read_refusals(connection, settings, destination)
    except TouchlineError as error:
        tell_plan(connection, plan.plan_id, status="stopped", error=error.what, ended_at=utc_now())
        raise


def _resolve(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    plan: Plan,
    version: Version,
) -> None:
    """Settle what left and was not answered, of this plan and of any other of its segment."""
    holds = _moved(connection, plan, version) is None
    others = connection.execute(
        "select distinct plan_id from sync_changes where destination = ? and segment_id = ? "
        "and state = 'sent' and plan_id <> ? order by 1",
        [plan.destination, plan.segment_id, plan.plan_id],
    ).fetchall()
    for (other,) in others:
        for batch in unanswered_batches(connection, other):
            resolve_batch(
                connection, destination, plan_of(connection, other), batch, may_send=False
            )
        tell_plan(connection, other, status="stopped", error="settled by a later plan")
    for batch in unanswered_batches(connection, plan.plan_id):
        resolve_batch(connection, destination, plan, batch, may_send=holds and not others)
    if others:
        what = f"it was only now settled what arrived of {others[0][0]}"
        tell_plan(connection, plan.plan_id, status="replaced", error=what, ended_at=utc_now())
        raise _plan_again(plan, what)


def _require_unmoved(connection: duckdb.DuckDBPyConnection, plan: Plan, version: Version) -> None:
    """Raise SyncError where a plan speaks of what is no longer so."""
    if moved := _moved(connection, plan, version):
        if plan.status == "applying":
            tell_plan(connection, plan.plan_id, status="stopped", error=moved, ended_at=utc_now())
        raise _plan_again(plan, moved)


def _moved(connection: duckdb.DuckDBPyConnection, plan: Plan, version: Version) -> str | None:
    """What moved since a plan was made; nothing where it still holds."""
    if version.run_id != plan.run_id:
        return f"version {version.run_id} was published since"
    basis = basis_of(connection, plan.destination, plan.segment_id)
    if basis not in (plan.basis, plan.plan_id):
        return f"plan {basis} was applied since"
    return None


def _send_first(
    connection: duckdb.DuckDBPyConnection, destination: Destination, plan: Plan
) -> None:
    """Send the canary, a share of every operation, and stop where it is not found there."""
    row = destination.row
    for operation in ORDER if row.canary_share > 0 else ():
        done, planned = connection.execute(
            "select count(*) filter (where state in ('accepted', 'rejected_permanent')), count(*) "
            "from sync_changes "
            "where plan_id = ? and operation = ? and state not in ('quarantined', 'dropped')",
            [plan.plan_id, operation],
        ).fetchone()
        left = ceil(row.canary_share * planned) - done
        while left > 0:
            size = min(left, row.batch_size)
            batch = next_batch(connection, plan.plan_id, size=size, operation=operation)
            if batch is None:
                break
            outcome = send_batch(connection, destination, plan, batch, read_back=True)
            failpoint("sync.canary_sent")
            if outcome.missing:
                raise SyncError(
                    f"the canary stops the plan: {outcome.missing} of {len(batch.changes)} changes "
                    f"({operation}) were answered as accepted and are not found there",
                    f"plan {plan.plan_id}, segment {plan.segment_id} at {plan.destination}",
                    "look at the tool; `touchline sync verify` compares all of it",
                )
            left -= len(batch.changes)


def _send_rest(connection: duckdb.DuckDBPyConnection, destination: Destination, plan: Plan) -> None:
    """Send all that is left; a tool that takes nothing at all is left alone."""
    barren = 0
    while batch := next_batch(connection, plan.plan_id, size=destination.row.batch_size):
        outcome = send_batch(connection, destination, plan, batch)
        barren = 0 if outcome.is_in_order else barren + 1
        if barren >= BARREN:
            raise SyncError(
                f"nothing was accepted of {barren} batches in a row",
                f"plan {plan.plan_id}, segment {plan.segment_id} at {plan.destination}",
                "see why: `touchline sync history`; then apply the plan again",
            )


def _has_rejected(connection: duckdb.DuckDBPyConnection, plan_id: str) -> bool:
    """Whether the tool rejected anybody for good."""
    return bool(
        connection.execute(
            "select 1 from sync_changes where plan_id = ? and state = 'rejected_permanent' limit 1",
            [plan_id],
        ).fetchone()
    )


def _close(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Say that a plan is applied, and that the one it takes back is undone."""
    connection.execute(REKEY, {"destination": plan.destination, "segment_id": plan.segment_id})
    failpoint("sync.before_closing")
    tell_plan(connection, plan.plan_id, status="applied", ended_at=utc_now())
    if plan.undoes:
        tell_plan(connection, plan.undoes, status="undone")


def _fields(connection: duckdb.DuckDBPyConnection, plan_id: str) -> list[str]:
    """Names of the fields a plan touches."""
    found = connection.execute(
        "select after from sync_changes where plan_id = ? and after is not null limit 1", [plan_id]
    ).fetchone()
    return sorted(json.loads(found[0])) if found else []


def _plan_again(plan: Plan, what: str) -> SyncError:
    return SyncError(
        what,
        f"plan {plan.plan_id}, segment {plan.segment_id} at {plan.destination}",
        f"plan again: `touchline sync plan --destination {plan.destination} "
        f"--segment {plan.segment_id}`",
    )
