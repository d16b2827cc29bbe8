-- one row per account to which ICP criteria apply: score of what is known, and its tier
with

criteria as (
    select * from {{ ref('int_icp_criteria_matched') }}
),

icp_tiers as (
    select * from {{ ref('icp_tiers') }}
),

summed as (
    select
        account_id,
        cast(sum(points) as bigint) as met_points,
        cast(
            sum(case when met is not null then possible_points else 0 end) as bigint
        ) as known_points,
        cast(sum(possible_points) as bigint) as possible_points,
        max(case when is_exclusion and met then 1 else 0 end) = 1 as is_excluded,
        {{ ordered_list('case when met is null and not is_exclusion then criterion_id end') }}
            as missing,
        {{ ordered_list('case when met and is_exclusion then criterion_id end') }} as exclusions
    from criteria
    group by account_id
),

scored as (
    select
        *,
        100 * {{ ratio('met_points', 'known_points', 'decimal(18, 6)') }} as score
    from summed
),

ranked as (
    select
        scored.*,
        icp_tiers.icp_tier,
        icp_tiers.min_score,
        row_number() over (
            partition by scored.account_id
            order by icp_tiers.rank, icp_tiers.icp_tier
        ) as preference
    from scored
    inner join icp_tiers
        on icp_tiers.is_active
        and (scored.is_excluded or not icp_tiers.is_exclusion)
        and scored.known_points >= coalesce(icp_tiers.min_known_points, 0)
        and (icp_tiers.min_score is null or scored.score >= icp_tiers.min_score)
),

tiered as (
    select
        account_id,
        icp_tier,
        missing,
        exclusions,
        -- a tier that asks for no score shows none
        case
            when min_score is not null then cast(round(score, 2) as decimal(9, 2))
        end as icp_score,
        met_points,
        known_points,
        possible_points,
        is_excluded
    from ranked
    where preference = 1
)

select * from tiered
