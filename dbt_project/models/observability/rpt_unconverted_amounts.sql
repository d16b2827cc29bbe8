-- one row per kind of amount, system and currency without a rate: how much no sum contains
{%- set kinds = {
    'opportunity': (
        'opportunities', 'amount', 'coalesce(closed_at, least(cast(close_date as timestamp), updated_at), created_at)'
    ),
    'order': ('orders', 'total', local_date('ordered_at')),
    'cost': ('costs', 'amount', 'period_start'),
    'reward': ('referrals', 'reward_amount', 'occurred_at'),
    'subscription': ('billing_subscriptions', 'mrr', 'started_at'),
    'ad_spend': ('ad_days', 'spend', 'activity_date'),
} %}
with

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

amounts as (
    {%- for kind, (table, amount, day) in kinds.items() %}
    select
        '{{ kind }}' as amount_kind,
        source_system,
        currency,
        {{ amount }} as amount,
        cast({{ day }} as date) as priced_on
    from {{ ref('int_' ~ table ~ '_unified') }}
    where {{ amount }} is not null and currency <> '{{ var("reporting_currency") }}'
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

unconverted as (
    select amounts.*
    from amounts
    left join rates
        on amounts.currency = rates.currency
        and amounts.priced_on >= rates.valid_from
        and amounts.priced_on < rates.valid_to
    where rates.currency is null
),

counted as (
    select
        amount_kind,
        source_system,
        currency,
        count(*) as row_count,
        cast(sum(amount) as decimal(18, 2)) as amount,
        min(priced_on) as first_on,
        max(priced_on) as last_on
    from unconverted
    group by amount_kind, source_system, currency
)

select * from counted
