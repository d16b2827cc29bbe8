-- one row per conversion: an outcome that attribution credits, in the journey it happened in
with

matched as (
    select * from {{ touched(ref('int_conversions_matched')) }}
),

journeys as (
    select * from {{ touched(ref('int_journeys_delimited')) }}
),

containing_journeys as (
    select
        matched.fact_id,
        matched.conversion_type,
        journeys.journey_id,
        journeys.opened_at,
        row_number() over (
            partition by matched.fact_id, matched.conversion_type
            order by
                case when journeys.opened_at < matched.occurred_at then 0 else 1 end asc,
                journeys.opened_at desc,
                journeys.journey_id asc
        ) as preference
    from matched
    inner join journeys
        on matched.account_id = journeys.account_id
        and matched.occurred_at >= journeys.opened_at
        and (journeys.closes_at is null or matched.occurred_at <= journeys.closes_at)
),

conversions as (
    select
        -- keys
        {{ surrogate_key(['matched.conversion_type', 'matched.fact_id']) }} as conversion_id,
        matched.account_id,
        matched.person_id,
        containing_journeys.journey_id,
        matched.touchpoint_id,
        case
            when matched.entity = 'person' then matched.person_id
            else coalesce(matched.account_id, matched.person_id)
        end as path_owner_id,
        -- text
        matched.conversion_type,
        matched.motion,
        -- numbers
        cast(coalesce(matched.fixed_amount, matched.amount) as decimal(18, 2)) as amount,
        matched.email_window_days,
        -- timestamps
        matched.occurred_at,
        containing_journeys.opened_at as journey_opened_at,
        -- evidence
        matched.rule_id,
        matched.rule_version,
        matched.evidence_type,
        matched.evidence_id
    from matched
    left join containing_journeys
        on matched.fact_id = containing_journeys.fact_id
        and matched.conversion_type = containing_journeys.conversion_type
        and containing_journeys.preference = 1
)

select * from conversions
