-- one row per measure of costs, scope and month
with

spread as (
    select
        *,
        cast(date_trunc('month', cost_date) as date) as month
    from {{ ref('int_costs_spread') }}
),

priced as (
    select
        *,
        cast(date_trunc('month', period_start) as date) as month
    from {{ ref('int_costs_priced') }}
),

amounts as (
    {{ list_measures(
        relation='spread', month='month',
        scopes={
            'all': "'all'", 'channel': 'channel', 'campaign': 'campaign_id',
            'cost_kind': 'cost_kind',
        },
        measures={'cost_amount': 'sum(amount)'},
    ) }}
),

rows_without_rate as (
    {{ list_measures(
        relation='priced', month='month',
        scopes={'all': "'all'", 'currency': 'currency'},
        measures={'cost_rows_without_rate': 'sum(case when amount is null then 1 end)'},
    ) }}
),

measures as (
    select * from amounts
    union all
    select * from rows_without_rate
)

select * from measures
