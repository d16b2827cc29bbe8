-- one row per account to which ICP criteria apply
with

scores as (
    select * from {{ ref('int_icp_scores_summed') }}
),

published as (
    select
        -- keys
        account_id,
        -- text
        icp_tier as tier,
        missing,
        exclusions,
        -- numbers
        icp_score as score,
        met_points,
        known_points,
        possible_points,
        -- booleans
        is_excluded
    from scores
)

select * from published
