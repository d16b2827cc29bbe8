-- one row per event: who was invited, came and went on, what it cost and what is credited to it
{%- set steps = ['invited', 'registered', 'attended', 'missed', 'responded'] %}
with

outcomes as (
    select * from {{ ref('int_event_outcomes_counted') }}
),

reached as (
    select * from {{ ref('int_campaign_steps_reached') }}
),

campaigns as (
    select * from {{ ref('int_campaigns_listed') }}
),

costs as (
    select
        campaign_id,
        sum(amount) as cost,
        sum(case when amount is null then 1 else 0 end) as costs_without_rate
    from {{ ref('int_costs_priced') }}
    where campaign_id is not null
    group by campaign_id
),

counted as (
    select
        campaign_id,
        {%- for step in steps %}
        count(distinct case when step = '{{ step }}' then member_key end) as {{ step }}_count,
        {%- endfor %}
        max(month) as month
    from reached
    group by campaign_id
),

joined as (
    select
        outcomes.*,
        counted.month,
        {%- for step in steps %}
        counted.{{ step }}_count,
        {%- endfor %}
        campaigns.campaign_name,
        case when costs.costs_without_rate = 0 then costs.cost end as cost,
        coalesce(costs.costs_without_rate, 0) as costs_without_rate
    from outcomes
    inner join counted
        on outcomes.campaign_id = counted.campaign_id
    left join campaigns
        on outcomes.campaign_id = campaigns.campaign_id
    left join costs
        on outcomes.campaign_id = costs.campaign_id
),

rated as (
    select
        -- keys
        campaign_id,
        -- text
        campaign_name,
        campaign_type,
        model_id,
        -- numbers
        {%- for step in steps %}
        cast({{ step }}_count as bigint) as {{ step }}_count,
        {%- endfor %}
        cast(attended_count as bigint) as show_rate_numerator,
        cast(registered_count as bigint) as show_rate_denominator,
        {{ ratio('attended_count', 'registered_count') }} as show_rate,
        {{ wilson_bound('attended_count', 'registered_count', -1) }} as show_rate_low,
        {{ wilson_bound('attended_count', 'registered_count', 1) }} as show_rate_high,
        cast(lead_count as bigint) as lead_count,
        cast(opportunity_count as bigint) as opportunity_count,
        cast(cost as decimal(18, 2)) as cost,
        cast(costs_without_rate as bigint) as costs_without_rate,
        {{ ratio('cost', 'attended_count', 'decimal(18, 2)') }} as cost_per_participant,
        cast(unpriced_conversions as decimal(18, 9)) as unpriced_conversions,
        cast(credited_amount as decimal(18, 2)) as credited_amount,
        {{ ratio('credited_amount - cost', 'cost', 'decimal(18, 6)') }} as roi,
        -- dates
        month
    from joined
)

select * from rated
