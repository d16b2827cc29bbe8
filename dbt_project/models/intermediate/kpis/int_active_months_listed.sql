-- one row per person and calendar month, as a number, in which they did anything
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where not is_bot and counts_in_journey and person_id is not null
),

active_months as (
    select distinct
        person_id,
        12 * year({{ local_date('occurred_at') }}) + month({{ local_date('occurred_at') }})
            as month_number
    from touchpoints
)

select * from active_months
