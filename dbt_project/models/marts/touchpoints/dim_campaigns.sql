-- one row per campaign: of an ad platform, mail tool, CRM or budget, or known by its tag alone
with

campaigns as (
    select * from {{ ref('int_campaigns_listed') }}
),

final as (
    select
        campaign_id,
        campaign_name,
        campaign_kind,
        campaign_type,
        platform,
        channel,
        channel_rule_id,
        first_used_at,
        last_used_at
    from campaigns
)

select * from final
