-- one row per human click of a mail, with the visit it opened and its month
with

click_types as (
    select distinct touchpoint_type
    from {{ ref('touchpoint_types') }}
    where record_kind = 'email_events' and action = 'clicked'
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where not is_bot
),

-- the visit that a click opened has been collapsed into it
clicks as (
    select
        touchpoints.*,
        {{ local_month('touchpoints.occurred_at') }} as month
    from touchpoints
    inner join click_types
        on touchpoints.touchpoint_type = click_types.touchpoint_type
)

select * from clicks
