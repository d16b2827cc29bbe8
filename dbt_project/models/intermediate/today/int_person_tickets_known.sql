-- one row per ticket opened by as_of: whose it is, and is it still open then
with

tickets as (
    {{ resolved_records('tickets', columns=[
        'category', 'priority', 'satisfaction', 'created_at', 'solved_at',
    ]) }}
),

known as (
    select
        person_id,
        account_id,
        source_system,
        source_record_id,
        category,
        priority,
        coalesce(solved_at < {{ as_of() }}, false) as is_solved,
        case when solved_at < {{ as_of() }} then satisfaction end as satisfaction,
        created_at,
        case when solved_at < {{ as_of() }} then solved_at end as solved_at
    from tickets
    where created_at < {{ as_of() }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id
            order by solved_at desc nulls last, source_system asc, source_record_id asc
        ) as recency
    from known
)

select * from ranked
