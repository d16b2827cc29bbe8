-- one row per journey: when it opens and closes, by which rules
with

openings as (
    select * from {{ touched(ref('int_journey_openings_matched')) }}
),

closings as (
    select * from {{ touched(ref('int_journey_closings_chosen')) }}
),

outer_journeys as (
    select * from {{ touched(ref('int_outer_journeys_bounded')) }}
),

-- journeys of a type do not overlap, so there is one around an opening at most;
-- the instant at which it opens is still outside it
allowed_openings as (
    select openings.*
    from openings
    left join outer_journeys as wanted
        on openings.account_id = wanted.account_id
        and openings.inside = wanted.journey_type
        and openings.opens_at > wanted.opened_at
        and openings.opens_at <= coalesce(wanted.closes_at, {{ far_future() }})
    left join outer_journeys as barred
        on openings.account_id = barred.account_id
        and openings.outside = barred.journey_type
        and openings.opens_at > barred.opened_at
        and openings.opens_at <= coalesce(barred.closes_at, {{ far_future() }})
    where (openings.inside is not null or openings.outside is not null)
        and (openings.inside is null or wanted.account_id is not null)
        and barred.account_id is null
),

bound_journeys as (
    {{ delimit_journeys(openings='allowed_openings', closings='closings') }}
),

-- what runs inside another journey ends with it at the latest
outer_ends as (
    select
        bound_journeys.account_id,
        bound_journeys.journey_type,
        bound_journeys.opened_at,
        outer_journeys.closes_at,
        outer_journeys.outcome,
        outer_journeys.closing_rule_id
    from bound_journeys
    inner join allowed_openings
        on bound_journeys.account_id = allowed_openings.account_id
        and bound_journeys.opening_rule_id = allowed_openings.rule_id
        and bound_journeys.opening_evidence_id = allowed_openings.evidence_id
        and bound_journeys.opened_at = allowed_openings.opens_at
    inner join outer_journeys
        on bound_journeys.account_id = outer_journeys.account_id
        and allowed_openings.inside = outer_journeys.journey_type
        and bound_journeys.opened_at > outer_journeys.opened_at
        and bound_journeys.opened_at <= outer_journeys.closes_at
    where bound_journeys.closes_at is null or bound_journeys.closes_at > outer_journeys.closes_at
),

journeys as (
    select * from outer_journeys
    union all
    select
        bound_journeys.account_id,
        bound_journeys.journey_type,
        bound_journeys.opened_at,
        bound_journeys.opening_rule_id,
        bound_journeys.opening_evidence_id,
        bound_journeys.priority,
        coalesce(outer_ends.closes_at, bound_journeys.closes_at) as closes_at,
        coalesce(outer_ends.outcome, bound_journeys.outcome) as outcome,
        coalesce(outer_ends.closing_rule_id, bound_journeys.closing_rule_id) as closing_rule_id,
        case when outer_ends.account_id is null then bound_journeys.amount end as amount
    from bound_journeys
    left join outer_ends
        on bound_journeys.account_id = outer_ends.account_id
        and bound_journeys.journey_type = outer_ends.journey_type
        and bound_journeys.opened_at = outer_ends.opened_at
),

keyed as (
    select
        {{ surrogate_key(['account_id', 'journey_type', 'opened_at', 'opening_evidence_id']) }}
            as journey_id,
        journeys.*
    from journeys
)

select * from keyed
