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

subscriptions as (
    select * from {{ ref('int_account_subscriptions_known') }}
),

usage as (
    select * from {{ ref('int_account_usage_counted') }}
),

open_tickets as (
    select distinct account_id
    from {{ ref('int_person_tickets_known') }}
    where not is_solved and account_id is not null
),

custom as (
    select * from {{ ref('int_custom_attributes_packed') }}
    where entity = 'account'
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
        subscriptions.subscription_state,
        coalesce(subscriptions.plans, '[]') as plans,
        coalesce(custom.custom_attributes, '{}') as custom_attributes,
        -- numbers
        cast(icp_scores.icp_score as decimal(9, 2)) as icp_score,
        cast(null as decimal(9, 2)) as engagement_score,
        coalesce(members.person_count, 0) as person_count,
        coalesce(touches.engaged_person_count, 0) as engaged_person_count,
        cast(coalesce(deals.open_opportunity_count, 0) as bigint) as open_opportunity_count,
        deals.open_opportunity_amount,
        deals.won_amount,
        subscriptions.mrr,
        cast(coalesce(usage.product_users_30d, 0) as bigint) as product_users_30d,
        usage.days_since_product_event,
        -- booleans
        coalesce(deals.open_opportunity_count, 0) > 0
        and coalesce(touches.engaged_person_count, 0) <= 1 as is_single_threaded,
        open_tickets.account_id is not null as has_open_ticket,
        accounts.is_deleted,
        -- timestamps
        stages.entered_at as current_stage_since,
        accounts.created_at,
        touches.first_touch_at,
        touches.last_touch_at,
        subscriptions.renews_at
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
    left join subscriptions
        on accounts.account_id = subscriptions.account_id
    left join usage
        on accounts.account_id = usage.account_id
    left join open_tickets
        on accounts.account_id = open_tickets.account_id
    left join custom
        on accounts.account_id = custom.entity_id
)

select * from joined
