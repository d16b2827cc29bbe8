-- one row per touchpoint of an account, bots apart: its place in its journey, the stage before it
with

touchpoints as (
    select * from {{ touched(ref('int_touchpoints_placed')) }}
),

intervals as (
    select * from {{ touched(ref('int_stage_intervals_built')) }}
),

numbered as (
    select
        *,
        row_number() over in_order as place,
        lag(occurred_at) over in_order as previous_at
    from touchpoints
    window in_order as (
        partition by journey_id, counts_in_journey
        order by occurred_at, touchpoint_id
    )
),

-- stays are disjoint, and one that begins at the instant of the touchpoint is still ahead of it
sequenced as (
    select
        -- keys
        numbered.touchpoint_id,
        numbered.account_id,
        numbered.person_id,
        numbered.journey_id,
        -- text
        numbered.channel,
        intervals.stage as stage_at_touch,
        -- numbers
        case
            when numbered.counts_in_journey and numbered.journey_id is not null then numbered.place
        end as journey_position,
        case
            when numbered.counts_in_journey and numbered.journey_id is not null
                then {{ days_between('numbered.previous_at', 'numbered.occurred_at') }}
        end as days_since_previous,
        -- timestamps
        numbered.occurred_at
    from numbered
    left join intervals
        on numbered.account_id = intervals.account_id
        and numbered.occurred_at > intervals.entered_at
        and numbered.occurred_at <= coalesce(intervals.exited_at, {{ far_future() }})
)

select * from sequenced
