-- one row per journey that has opened by as_of; one that has not closed by then is open
with

journeys as (
    select * from {{ ref('int_journeys_delimited') }}
),

known as (
    select
        journey_id,
        account_id,
        journey_type,
        case when closes_at < {{ as_of() }} then outcome else 'open' end as outcome,
        priority,
        case when closes_at < {{ as_of() }} then amount end as amount,
        opened_at,
        case when closes_at < {{ as_of() }} then closes_at end as closed_at,
        last_touch_at,
        opening_rule_id,
        case when closes_at < {{ as_of() }} then closing_rule_id end as closing_rule_id
    from journeys
    where opened_at < {{ as_of() }}
)

select * from known
