-- one row per journey of an account
with

journeys as (
    select * from {{ ref('int_journeys_known') }}
),

closing_rules as (
    select * from {{ ref('journey_rules') }}
),

touchpoints as (
    select *
    from {{ ref('int_touchpoints_sequenced') }}
    where journey_position is not null
),

measured as (
    select
        journey_id,
        count(*) as touchpoint_count,
        count(distinct channel) as channel_count,
        count(distinct person_id) as person_count,
        max(days_since_previous) as longest_gap_days,
        {{ min_by('channel', 'journey_position') }} as first_channel,
        {{ max_by('channel', 'journey_position') }} as last_channel
    from touchpoints
    group by journey_id
),

-- a journey that went silent ended with its last touch, one that was decided with the decision
timed as (
    select
        journeys.*,
        case
            when journeys.closed_at is null or closing_rules.ends_at_last_touch
                then greatest(journeys.opened_at, journeys.last_touch_at)
            else journeys.closed_at
        end as ended_at
    from journeys
    left join closing_rules
        on journeys.closing_rule_id = closing_rules.rule_id
),

described as (
    select
        -- keys
        timed.journey_id,
        timed.account_id,
        -- text
        timed.journey_type,
        timed.outcome,
        measured.first_channel,
        measured.last_channel,
        -- numbers
        {{ days_between('timed.opened_at', 'timed.ended_at') }} as days,
        cast(coalesce(measured.touchpoint_count, 0) as bigint) as touchpoint_count,
        cast(coalesce(measured.channel_count, 0) as bigint) as channel_count,
        cast(coalesce(measured.person_count, 0) as bigint) as person_count,
        measured.longest_gap_days,
        timed.amount,
        -- timestamps
        timed.opened_at,
        timed.closed_at,
        timed.last_touch_at,
        -- evidence
        timed.opening_rule_id,
        timed.closing_rule_id
    from timed
    left join measured
        on timed.journey_id = measured.journey_id
)

select * from described
