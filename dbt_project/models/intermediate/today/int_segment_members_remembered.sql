-- one row per segment and person who ever was in it: whether they may stay, or come again
{%- set capped_until = add_days('entries.entered_at', 'definitions.entry_cap_days') %}
{%- set stays_until = add_days('member_since', 'minimum_stay_days') %}
with

-- a leave that this moment's build told is not yet one to a build of the same moment
entries as (
    select
        *,
        coalesce(left_at < {{ as_of() }}, false) as has_left
    from {{ ref('int_segment_entries_known') }}
    where entered_at <= {{ as_of() }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
),

counted as (
    select
        entries.segment_id,
        entries.person_id,
        max(case when not entries.has_left then entries.entered_at end) as member_since,
        max(case when entries.is_held_out then 1 else 0 end) = 1 as was_held_out,
        sum(case when {{ as_of() }} < {{ capped_until }} then 1 else 0 end)
        >= max(definitions.entry_cap) as is_often,
        max(definitions.minimum_stay_days) as minimum_stay_days
    from entries
    inner join definitions
        on entries.segment_id = definitions.segment_id
    group by entries.segment_id, entries.person_id
),

remembered as (
    select
        *,
        member_since is null and coalesce(is_often, false) as is_capped,
        case when {{ as_of() }} < {{ stays_until }} then {{ stays_until }} end as stays_until
    from counted
)

select * from remembered
