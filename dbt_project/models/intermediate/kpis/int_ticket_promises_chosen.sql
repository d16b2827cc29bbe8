-- one row per ticket to which a service promise applies: was it kept
with

tickets as (
    select * from {{ ref('int_tickets_unified') }}
),

promises as (
    select * from {{ ref('service_promises') }}
    where is_active
),

ranked as (
    select
        tickets.source_system,
        tickets.source_record_id,
        tickets.created_at,
        tickets.solved_at,
        promises.promise_id,
        promises.solve_hours,
        row_number() over (
            partition by tickets.source_system, tickets.source_record_id
            order by promises.priority nulls last, promises.category nulls last, promises.promise_id
        ) as preference
    from tickets
    inner join promises
        on coalesce(tickets.priority, '') = coalesce(promises.priority, tickets.priority, '')
        and coalesce(tickets.category, '') = coalesce(promises.category, tickets.category, '')
        and tickets.source_system = coalesce(promises.system, tickets.source_system)
),

chosen as (
    select
        source_system,
        source_record_id,
        promise_id,
        coalesce(solved_at <= {{ add_minutes('created_at', '60 * solve_hours') }}, false) as is_kept
    from ranked
    where preference = 1
)

select * from chosen
