-- one row per account to which ICP criteria apply
with

scores as (
    select * from {{ ref('int_icp_scores_summed') }}
),

outcomes as (
    select * from {{ ref('int_icp_outcomes_listed') }}
    where not is_decided and not is_excluded
),

lifts as (
    select * from {{ ref('rpt_icp_lift') }}
    where not is_thin and log_lift is not null
),

likened as (
    select
        outcomes.account_id,
        min(outcomes.motion) as motion,
        cast(sum(lifts.log_lift) as decimal(12, 6)) as lookalike_score,
        {{ ordered_list("outcomes.attribute || ' = ' || outcomes.value || ' (x'
            || cast(cast(round(lifts.lift, 2) as decimal(9, 2)) as varchar(20)) || ')'") }}
            as lookalike_reasons
    from outcomes
    inner join lifts
        on outcomes.motion = lifts.motion
        and outcomes.attribute = lifts.attribute
        and outcomes.value = lifts.value
    group by outcomes.account_id
),

ranked as (
    select
        account_id,
        lookalike_score,
        lookalike_reasons,
        row_number() over (
            partition by motion
            order by lookalike_score desc, account_id asc
        ) as lookalike_rank
    from likened
),

published as (
    select
        -- keys
        scores.account_id,
        -- text
        scores.icp_tier as tier,
        scores.missing,
        scores.exclusions,
        ranked.lookalike_reasons,
        -- numbers
        scores.icp_score as score,
        scores.met_points,
        scores.known_points,
        scores.possible_points,
        ranked.lookalike_score,
        cast(ranked.lookalike_rank as bigint) as lookalike_rank,
        -- booleans
        scores.is_excluded
    from scores
    left join ranked
        on scores.account_id = ranked.account_id
)

select * from published
