-- one row per account: a company, or a known person who belongs to none
with

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

stages as (
    select * from {{ ref('int_stage_intervals_known') }}
    where exited_at is null
),

icp_scores as (
    select * from {{ ref('int_icp_scores_summed') }}
),

members as (
    select * from {{ ref('int_account_members_counted') }}
),

touches as (
    select * from {{ ref('int_account_touches_counted') }}
),

deals as (
    select * from {{ ref('int_account_deals_summed') }}
),

joined as (
    select
        -- keys
        accounts.account_id,
        accounts.parent_account_id,
        -- text
        accounts.account_type,
        accounts.motion,
        accounts.name,
        accounts.domain,
        accounts.industry,
        accounts.employee_band,
        accounts.country,
        accounts.owner,
        accounts.source_system,
        stages.stage as current_stage,
        icp_scores.icp_tier,
        -- numbers
        cast(icp_scores.icp_score as decimal(9, 2)) as icp_score,
        cast(null as decimal(9, 2)) as engagement_score,
        coalesce(members.person_count, 0) as person_count,
        coalesce(touches.engaged_person_count, 0) as engaged_person_count,
        cast(coalesce(deals.open_opportunity_count, 0) as bigint) as open_opportunity_count,
        deals.open_opportunity_amount,
        deals.won_amount,
        -- booleans
        coalesce(deals.open_opportunity_count, 0) > 0
        and coalesce(touches.engaged_person_count, 0) <= 1 as is_single_threaded,
        accounts.is_deleted,
        -- timestamps
        stages.entered_at as current_stage_since,
        accounts.created_at,
        touches.first_touch_at,
        touches.last_touch_at
    from accounts
    left join stages
        on accounts.account_id = stages.account_id
    left join icp_scores
        on accounts.account_id = icp_scores.account_id
    left join members
        on accounts.account_id = members.account_id
    left join touches
        on accounts.account_id = touches.account_id
    left join deals
        on accounts.account_id = deals.account_id
)

select * from joined
