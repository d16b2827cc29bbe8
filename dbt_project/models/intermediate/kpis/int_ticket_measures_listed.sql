-- one row per measure of tickets, scope and month in which they were opened
with

tickets as (
    select * from {{ ref('int_tickets_unified') }}
),

promises as (
    select * from {{ ref('int_ticket_promises_chosen') }}
),

judged as (
    select
        tickets.*,
        promises.is_kept,
        {{ local_month('tickets.created_at') }} as month
    from tickets
    left join promises
        on tickets.source_system = promises.source_system
        and tickets.source_record_id = promises.source_record_id
),

measures as (
    {{ list_measures(
        relation='judged',
        month='month',
        scopes={
            'all': "'all'", 'ticket_category': 'category', 'ticket_priority': 'priority',
            'ticket_channel': 'channel',
        },
        measures={
            'tickets_opened': 'count(*)',
            'tickets_solved': 'count(solved_at)',
            'tickets_promised': 'count(is_kept)',
            'tickets_solved_in_time': 'sum(case when is_kept then 1 else 0 end)',
            'tickets_rated': 'count(satisfaction)',
            'tickets_satisfaction_sum': 'sum(satisfaction)',
        },
    ) }}
)

select * from measures
