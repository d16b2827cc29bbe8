-- one row per destination, segment and address that a sync would add, update or remove
with

tools as (
    select * from {{ ref('destinations') }}
    where is_active and kind <> 'file'
),

fields as (
    select * from {{ ref('destination_fields') }}
    where is_active
),

held as (
    select acknowledged.*
    from {{ source('raw_ops', 'sync_acknowledged') }} as acknowledged
    inner join tools
        on acknowledged.destination = tools.destination
),

wanted as (
    select
        members.destination || '|' || members.segment_id || '|' || lower(members.email) as told_id,
        members.destination,
        members.segment_id,
        members.person_id,
        lower(members.email) as email,
        members.first_name,
        members.last_name,
        members.account_name,
        members.stage,
        members.call_to_action,
        replace(substring(cast(members.entered_at as varchar(40)), 1, 19), ' ', 'T') || 'Z'
            as entered_at,
        members.payload
    from {{ ref('sync_segment_members') }} as members
    inner join tools
        on members.destination = tools.destination
),

entries as (
    select told_id, destination, segment_id, {{ json_entries(row_json('wanted')) }} as entry
    from wanted
    union all
    select told_id, destination, segment_id, {{ json_entries('payload') }} as entry
    from wanted
),

-- a field of the segment itself goes before one of the same name for all
wishes as (
    select
        entries.told_id,
        {{ ordered_list("fields.field || '=' || " ~ entry_value('entries.entry')) }} as told
    from entries
    inner join fields
        on entries.destination = fields.destination
        and entries.segment_id = coalesce(fields.segment_id, entries.segment_id)
        and {{ entry_key('entries.entry') }} = fields.attribute
    left join fields as own
        on fields.destination = own.destination
        and fields.field = own.field
        and entries.segment_id = own.segment_id
    where fields.segment_id is not null or own.segment_id is null
    group by entries.told_id
),

compared as (
    select
        coalesce(wanted.destination, held.destination) as destination,
        coalesce(wanted.segment_id, held.segment_id) as segment_id,
        coalesce(wanted.email, held.email) as email,
        coalesce(wanted.person_id, held.person_id) as person_id,
        case
            when wanted.email is null then 'remove'
            when held.told is null then 'add'
            when held.told <> coalesce(wishes.told, '[]') then 'update'
        end as operation,
        held.plan_id as last_plan_id,
        held.acknowledged_at
    from wanted
    left join wishes
        on wanted.told_id = wishes.told_id
    full join held
        on wanted.told_id = held.destination || '|' || held.segment_id || '|' || held.email
),

changes as (
    select * from compared
    where operation is not null
)

select * from changes
