-- one row per account: a company, or a known person who belongs to none
{%- set told = {
    'int_icp_scores_summed': ['icp_tier'],
    'int_account_subscriptions_known': ['subscription_state', 'mrr', 'renews_at'],
    'int_account_deals_summed': ['open_opportunity_amount', 'won_amount'],
    'int_account_usage_counted': ['days_since_product_event'],
    'int_account_touches_counted': ['first_touch_at', 'last_touch_at'],
    'int_account_paces_judged': ['stage_pace', 'stage_pace_n'],
    'int_customer_values_expected': ['expected_value_12m', 'expected_value_n'],
} %}
{%- set counts = {
    'int_account_members_counted': ['person_count'],
    'int_account_touches_counted': ['engaged_person_count'],
    'int_account_deals_summed': ['open_opportunity_count'],
    'int_account_usage_counted': ['product_users_30d'],
} %}
with

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

stages as (
    select * from {{ ref('int_stage_intervals_known') }}
    where exited_at is null
),

people as (
    select
        people.account_id,
        sum(case when people.is_engaged then 1 else 0 end) as active_person_count,
        least(sum(engagements.engagement), 100) as engagement_score
    from {{ ref('int_account_people_engaged') }} as people
    left join {{ ref('int_lead_engagements_graded') }} as engagements
        on people.person_id = engagements.person_id
        and engagements.is_latest
    group by people.account_id
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
        -- as the CRM has it, then as told
        {%- for column in [
            'account_id', 'parent_account_id', 'account_type', 'motion', 'name', 'domain', 'industry',
            'employee_band', 'country', 'owner', 'source_system', 'is_deleted', 'created_at',
        ] %}
        accounts.{{ column }},
        {%- endfor %}
        {%- for model, columns in told.items() %}
        {%- for column in columns %}
        {{ model }}.{{ column }},
        {%- endfor %}
        {%- endfor %}
        {%- for model, columns in counts.items() %}
        cast(coalesce({{ model }}.{{ columns[0] }}, 0) as bigint) as {{ columns[0] }},
        {%- endfor %}
        stages.stage as current_stage,
        stages.entered_at as current_stage_since,
        coalesce(int_account_subscriptions_known.plans, '[]') as plans,
        coalesce(custom.custom_attributes, '{}') as custom_attributes,
        cast(int_icp_scores_summed.icp_score as decimal(9, 2)) as icp_score,
        cast(people.engagement_score as decimal(9, 2)) as engagement_score,
        cast(coalesce(people.active_person_count, 0) as bigint) as active_person_count,
        coalesce(int_account_deals_summed.open_opportunity_count, 0) > 0
        and coalesce(people.active_person_count, 0) <= 1 as is_single_threaded,
        open_tickets.account_id is not null as has_open_ticket
    from accounts
    left join stages
        on accounts.account_id = stages.account_id
    left join people
        on accounts.account_id = people.account_id
    left join open_tickets
        on accounts.account_id = open_tickets.account_id
    left join custom
        on accounts.account_id = custom.entity_id
    {%- for model in (told | list + counts | list) | unique %}
    left join {{ ref(model) }} as {{ model }}
        on accounts.account_id = {{ model }}.account_id
    {%- endfor %}
)

select * from joined
