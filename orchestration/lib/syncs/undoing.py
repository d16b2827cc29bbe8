"""Takes an applied plan back: a plan of its inverse, which is applied like any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from orchestration.lib.syncs.difference import differing_fields
from orchestration.lib.syncs.guards import Guard
from orchestration.lib.syncs.ledger import Plan, SyncError, basis_of, plan_of, utc_now
from orchestration.lib.syncs.planning import Wish, write_plan
from orchestration.lib.syncs.published import Version
from orchestration.lib.transaction import transaction

# nobody comes back who may not be contacted now, nor to a mailbox of which any owner may not
INVERSE = """
create or replace temp table difference as
with

done as (
    select * from sync_changes
    where plan_id = $plan_id and state = 'accepted'
),

removed as (
    select * from done where operation = 'remove'
),

others as (
    select * from done where operation <> 'remove'
),

held as (
    select * from acknowledged
    where destination = $destination and segment_id = $segment_id
),

owners as (
    select mailbox(identifier_value) as mailbox, person_id
    from published.marts.dim_identifiers
    where identifier_type = 'email'
),

owned as (
    select mailbox, count(distinct person_id) as owner_count
    from owners
    group by mailbox
),

open_mailboxes as (
    select owners.mailbox, allowed_persons.purpose, allowed_persons.channel
    from owners
    inner join owned on owners.mailbox = owned.mailbox
    inner join allowed_persons on owners.person_id = allowed_persons.person_id
    group by owners.mailbox, owned.owner_count, allowed_persons.purpose, allowed_persons.channel
    having count(distinct owners.person_id) = owned.owner_count
),

wanted as (
    select
        coalesce(held.email, removed.email) as email,
        coalesce(held.person_id, removed.person_id) as person_id,
        coalesce(held.purpose, removed.purpose) as purpose,
        coalesce(held.channel, removed.channel) as channel,
        coalesce(held.remote_id, removed.remote_id) as remote_id,
        held.payload as before,
        case
            when held.email is null then removed.before
            when others.operation = 'add' then null
            when others.operation = 'update' then others.before
            else held.payload
        end as after
    from held
    full join removed on held.email = removed.email
    left join others on held.email = others.email
),

judged as (
    select
        wanted.*,
        case
            when wanted.after is null then 'remove'
            when wanted.after = wanted.before then 'unchanged'
            when allowed_persons.person_id is null or open_mailboxes.mailbox is null then 'withheld'
            when wanted.before is null then 'add'
            else 'update'
        end as operation,
        null as problem,
        case when wanted.after is null then '{{}}' else {fields} end as fields
    from wanted
    left join allowed_persons
        on wanted.person_id = allowed_persons.person_id
        and wanted.purpose = allowed_persons.purpose
        and wanted.channel = allowed_persons.channel
    left join open_mailboxes
        on mailbox(wanted.email) = open_mailboxes.mailbox
        and wanted.purpose = open_mailboxes.purpose
        and wanted.channel = open_mailboxes.channel
)

select *, sha256(concat_ws('|', operation, email, coalesce(after, ''))) as content_hash
from judged
"""
FIELDS = """
    select distinct unnest(json_keys(payload)) from (
        select distinct coalesce(before, after) as payload from sync_changes
        where plan_id = ? and state = 'accepted'
    )
    order by 1
"""


def plan_undo(
    connection: duckdb.DuckDBPyConnection,
    plan_id: str,
    *,
    version: Version,
    guards: Sequence[Guard],
    now: datetime | None = None,
) -> Plan:
    """Plan the inverse of an applied plan from what was before it; raises SyncError.

    Only the last plan of a segment of which anything was accepted can be taken back. Who may not
    be contacted now is not brought back; the guards judge the inverse like any plan.
    """
    undone = plan_of(connection, plan_id)
    basis = basis_of(connection, undone.destination, undone.segment_id)
    where = f"plan {plan_id}, segment {undone.segment_id} at {undone.destination}"
    if undone.status not in ("applied", "stopped"):
        raise SyncError(
            f"plan {plan_id} is {undone.status}: there is nothing to take back",
            where,
            "see what was applied: `touchline sync history`",
        )
    if basis != plan_id:
        raise SyncError(
            f"plan {plan_id} accepted nothing" if not basis else f"plan {basis} was applied since",
            where,
            f"take back {basis or 'another one'} first",
        )
    fields = [field for (field,) in connection.execute(FIELDS, [plan_id]).fetchall()]
    connection.execute(
        INVERSE.format(
            fields=differing_fields(fields, wanted="wanted.after", held="wanted.before")
        ),
        {
            "plan_id": plan_id,
            "destination": undone.destination,
            "segment_id": undone.segment_id,
        },
    )
    wish = Wish(
        destination=undone.destination, segment_id=undone.segment_id, fields={}, guards=guards
    )
    with transaction(connection):
        return write_plan(connection, wish, version=version, now=now or utc_now(), undoes=plan_id)
