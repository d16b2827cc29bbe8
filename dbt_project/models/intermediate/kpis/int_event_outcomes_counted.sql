-- one row per event: leads and deals that followed those who came, and revenue credited to it
with

reached as (
    select * from {{ ref('int_campaign_steps_reached') }}
),

rules as (
    select * from {{ ref('event_rules') }}
    where is_active
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

credits as (
    select * from {{ ref('int_credits_weighted') }}
),

participants as (
    select
        reached.*,
        {{ add_days('reached.reached_at', 'rules.follow_days') }} as follows_until
    from reached
    inner join rules
        on reached.campaign_type = rules.campaign_type
    where reached.step = 'attended'
),

{% for outcome, who in {'lead': 'person_id', 'opportunity': 'account_id'}.items() -%}
{{ outcome }}_counts as (
    select
        participants.campaign_id,
        count(distinct conversions.conversion_id) as {{ outcome }}_count
    from participants
    inner join conversions
        on participants.{{ who }} = conversions.{{ who }}
        and conversions.conversion_type = '{{ outcome }}'
        and participants.reached_at < conversions.occurred_at
        and participants.follows_until >= conversions.occurred_at
    group by participants.campaign_id
),

{% endfor -%}
campaigns as (
    select
        reached.campaign_id,
        min(reached.campaign_type) as campaign_type,
        min(rules.model_id) as model_id,
        min(rules.revenue_types) as revenue_types
    from reached
    inner join rules
        on reached.campaign_type = rules.campaign_type
    group by reached.campaign_id
),

revenue as (
    select
        campaigns.campaign_id,
        sum(case when credits.credited_amount is null then credits.credit else 0 end)
            as unpriced_conversions,
        sum(credits.credited_amount) as credited_amount
    from campaigns
    inner join credits
        on campaigns.campaign_id = credits.campaign_id
        and campaigns.model_id = credits.model_id
    inner join conversions
        on credits.conversion_id = conversions.conversion_id
        and {{ list_has('campaigns.revenue_types', 'conversions.conversion_type') }}
    group by campaigns.campaign_id
),

counted as (
    select
        campaigns.campaign_id,
        campaigns.campaign_type,
        campaigns.model_id,
        coalesce(lead_counts.lead_count, 0) as lead_count,
        coalesce(opportunity_counts.opportunity_count, 0) as opportunity_count,
        coalesce(revenue.unpriced_conversions, 0) as unpriced_conversions,
        case when revenue.campaign_id is null then 0 else revenue.credited_amount end
            as credited_amount
    from campaigns
    left join lead_counts
        on campaigns.campaign_id = lead_counts.campaign_id
    left join opportunity_counts
        on campaigns.campaign_id = opportunity_counts.campaign_id
    left join revenue
        on campaigns.campaign_id = revenue.campaign_id
)

select * from counted
