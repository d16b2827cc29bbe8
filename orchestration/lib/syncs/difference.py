"""What a segment should hold against what its destination acknowledged, in one SQL statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import duckdb

from orchestration.lib.sql_text import name, value

MEMBERS = "published.activation.sync_segment_members"
MOMENTS = ("entered_at", "send_after")
DIFFERENCE = """
create or replace temp table difference as
with

told as (
    select
        nullif(lower(trim(members.email)), '') as email,
        nullif(members.person_id, '') as person_id,
        members.purpose,
        members.channel,
        {payload} as payload,
        allowed_persons.person_id is not null
        and (refused_mailboxes.mailbox is null or not allowed_persons.is_message) as may_be_told
    from {members} as members
    left join allowed_persons
        on members.person_id = allowed_persons.person_id
        and members.purpose = allowed_persons.purpose
        and members.channel = allowed_persons.channel
    left join refused_mailboxes
        on mailbox(members.email) = refused_mailboxes.mailbox
    where members.destination = $destination and members.segment_id = $segment_id
),

odd_addresses as (
    select email, count(*) > 1 as is_doubled, bool_and(may_be_told) as is_open
    from told
    group by email
    having count(*) > 1 or not bool_and(may_be_told)
),

doubled_persons as (
    select person_id
    from told
    group by person_id
    having count(*) > 1
),

wanted as (
    select
        told.*,
        case
            when told.email is null or told.person_id is null then 'null_key'
            when odd_addresses.is_doubled or doubled_persons.person_id is not null
                then 'duplicate_key'
        end as problem
    from told
    left join odd_addresses on told.email = odd_addresses.email
    left join doubled_persons on told.person_id = doubled_persons.person_id
    where
        told.email is null or told.person_id is null
        or (told.may_be_told and coalesce(odd_addresses.is_open, true))
),

held as (
    select * from acknowledged
    where destination = $destination and segment_id = $segment_id
),

ever_refused_for_good as (
    select distinct content_hash
    from sync_changes
    where
        destination = $destination and segment_id = $segment_id
        and state = 'rejected_permanent' and not $is_resync
),

-- the latest answer counts: after a resync the tool may have said otherwise
refused_for_good as (
    select changes.content_hash
    from sync_changes as changes
    semi join ever_refused_for_good on changes.content_hash = ever_refused_for_good.content_hash
    inner join sync_plans as plans on changes.plan_id = plans.plan_id
    where
        changes.destination = $destination and changes.segment_id = $segment_id
        and changes.state in ('accepted', 'rejected_permanent', 'rejected_retryable')
    group by changes.content_hash
    having arg_max(changes.state, plans.plan_number) = 'rejected_permanent'
),

compared as (
    select
        coalesce(wanted.email, held.email) as email,
        coalesce(wanted.person_id, held.person_id) as person_id,
        coalesce(wanted.purpose, held.purpose) as purpose,
        coalesce(wanted.channel, held.channel) as channel,
        held.remote_id,
        held.payload as before,
        wanted.payload as after,
        wanted.problem,
        case
            when wanted.payload = held.payload and not $is_resync then '{{}}'
            when wanted.payload is not null then {fields}
            else '{{}}'
        end as fields,
        case
            when wanted.problem is not null then 'quarantined'
            when wanted.payload is null then 'remove'
            when held.payload is null then 'add'
            else 'update'
        end as operation
    from wanted
    full join held on wanted.email = held.email
),

hashed as (
    select
        *,
        sha256(concat_ws('|', operation, email, coalesce(after, ''))) as content_hash
    from compared
)

select
    hashed.* exclude (operation),
    case
        when operation = 'update' and fields = '{{}}' and not $is_resync then 'unchanged'
        when operation in ('add', 'update') and refused_for_good.content_hash is not null
            then 'withheld'
        else operation
    end as operation
from hashed
left join refused_for_good on hashed.content_hash = refused_for_good.content_hash
"""


def find_difference(
    connection: duckdb.DuckDBPyConnection,
    *,
    destination: str,
    segment_id: str,
    fields: Mapping[str, str],
    is_resync: bool,
) -> None:
    """Leave the difference of one segment in the temporary table `difference`.

    `fields` maps the destination's names to columns of sync_segment_members, or names within its
    payload. One row per address: add, update, remove, unchanged, withheld or quarantined. Only who
    may be contacted is wanted; whoever is acknowledged and not wanted is to be removed, also on a
    resync. A field that was never told and has no value is not sent.
    """
    described = connection.execute(f"select column_name from (describe {MEMBERS})").fetchall()
    columns = {column for (column,) in described}
    values = {field: _text_of(attribute, columns) for field, attribute in sorted(fields.items())}
    connection.execute(
        DIFFERENCE.format(
            members=MEMBERS,
            payload=_payload(values),
            fields=differing_fields(
                values, wanted="wanted.payload", held="if($is_resync, null, held.payload)"
            ),
        ),
        {"destination": destination, "segment_id": segment_id, "is_resync": is_resync},
    )


def pointer(field: str) -> str:
    """The JSON pointer to a key of an object, quoted."""
    return value("/" + field.replace("~", "~0").replace("/", "~1"))


def _text_of(attribute: str, columns: Collection[str]) -> str:
    """SQL of a member's attribute as text; a moment is ISO 8601 with Z."""
    if attribute in MOMENTS:
        return f"strftime(members.{attribute}, '%Y-%m-%dT%H:%M:%SZ')"
    if attribute in columns:
        return f"members.{name(attribute)}::varchar"
    return f"json_extract_string(members.payload, {pointer(attribute)})"


def _payload(values: Mapping[str, str]) -> str:
    """SQL of all mapped fields of a member as one JSON text with sorted keys."""
    pairs = ", ".join(f"{value(field)}, {text}" for field, text in values.items())
    return f"json_object({pairs})::varchar"


def differing_fields(fields: Iterable[str], *, wanted: str, held: str) -> str:
    """SQL of the JSON object of those fields of a payload whose value is not the one held."""
    pairs = ", ".join(
        f"struct_pack(field := {value(field)}, "
        f"wanted := json_extract_string({wanted}, {pointer(field)}), "
        f"held := json_extract_string({held}, {pointer(field)}))"
        for field in fields
    )
    if not pairs:
        return "'{}'"
    differing = f"list_filter([{pairs}], lambda each: each.wanted is distinct from each.held)"
    entries = f"list_transform({differing}, lambda each: row(each.field, each.wanted))"
    return f"to_json(map_from_entries({entries}))::varchar"
