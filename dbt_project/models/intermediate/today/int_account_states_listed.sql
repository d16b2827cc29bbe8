-- one row per account, attribute and value of what holds at as_of: subscription, use, signs
{%- set numbers = [
    ('subscriptions', 'mrr'), ('subscriptions', 'days_until_renewal'),
    ('usage', 'product_events_30d'), ('usage', 'product_users_30d'),
    ('usage', 'days_since_product_event'),
] %}
with

subscriptions as (
    select * from {{ ref('int_account_subscriptions_known') }}
),

usage as (
    select * from {{ ref('int_account_usage_counted') }}
),

plans as (
    select distinct
        account_id,
        plan
    from {{ ref('int_subscriptions_placed') }}
    where started_at < {{ as_of() }} and coalesce(ended_at > {{ as_of() }}, true)
),

signs as (
    select * from {{ ref('int_account_signs_listed') }}
),

custom_attributes as (
    select * from {{ ref('int_custom_attributes_chosen') }}
    where entity = 'account'
),

listed as (
    {%- for relation, attribute in numbers %}
    select
        account_id,
        '{{ attribute }}' as attribute,
        cast(null as varchar(255)) as value_text,
        cast({{ attribute }} as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from {{ relation }}
    union all
    {%- endfor %}
    select
        account_id,
        'subscription_state' as attribute,
        subscription_state as value_text,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from subscriptions
    union all
    select
        account_id,
        'account_' || sign as attribute,
        cast(null as varchar(255)) as value_text,
        cast(strength as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from signs
    union all
    select
        account_id,
        'plan' as attribute,
        plan as value_text,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from plans
    where account_id is not null
    union all
    select
        entity_id as account_id,
        attribute,
        value_text,
        cast(value_number as decimal(18, 6)) as value_number,
        value_date
    from custom_attributes
)

select * from listed
