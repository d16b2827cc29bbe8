-- one row per solved ticket: the fact of its solution, told of the ticket's touchpoint
with

tickets as (
    select * from {{ ref('int_tickets_unified') }}
    where solved_at is not null
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

-- two tickets that are one touchpoint are solved when the last of them is
solved as (
    select
        records.touchpoint_id,
        max(tickets.solved_at) as solved_at
    from tickets
    inner join {{ ref('int_touchpoint_records_collapsed') }} as records
        on tickets.source_system = records.source_system
        and tickets.source_table = records.source_table
        and tickets.source_record_id = records.source_record_id
    group by records.touchpoint_id
),

facts as (
    select
        touchpoints.account_id,
        touchpoints.person_id,
        touchpoints.source_system,
        'ticket_solved' as fact,
        touchpoints.category as variant,
        cast(null as decimal(18, 2)) as value,
        greatest(solved.solved_at, touchpoints.occurred_at) as occurred_at,
        'touchpoint' as evidence_type,
        touchpoints.touchpoint_id as evidence_id
    from solved
    inner join touchpoints
        on solved.touchpoint_id = touchpoints.touchpoint_id
    where not touchpoints.is_bot
)

select * from facts
