-- one row per month of the first purchase, months since and motion: who still buys, pays or left
with

customer_months as (
    select * from {{ ref('int_customer_months_listed') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

reasons_counted as (
    select
        cohort_month,
        period,
        motion,
        churn_reason,
        cast(count(*) as bigint) as account_count
    from customer_months
    where is_churned
    group by cohort_month, period, motion, churn_reason
),

reasons_packed as (
    select
        cohort_month,
        period,
        motion,
        {{ json_object_of('churn_reason', 'account_count') }} as churn_reasons
    from reasons_counted
    group by cohort_month, period, motion
),

counted as (
    select
        cohort_month,
        period,
        motion,
        cast(count(*) as bigint) as customers,
        {%- for name, condition in {
            'active': 'order_count > 0 or running_count > 0',
            'repeat_rate_denominator': 'orders_so_far > 0',
            'repeat_rate_numerator': 'orders_so_far > 1',
            'churned': 'is_churned',
            'subscribed': 'start_mrr > 0',
            'unpriced': 'is_unpriced',
        }.items() %}
        cast(sum(case when {{ condition }} then 1 else 0 end) as bigint) as {{ name }},
        {%- endfor %}
        cast(coalesce(sum(start_mrr), 0) as decimal(18, 2)) as start_mrr,
        cast(coalesce(sum(case when start_mrr > 0 then mrr end), 0) as decimal(18, 2))
            as current_mrr,
        cast(
            coalesce(sum(case when start_mrr > 0 then least(mrr, start_mrr) end), 0)
            as decimal(18, 2)
        ) as kept_mrr
    from customer_months
    group by cohort_month, period, motion
),

rated as (
    select
        counted.*,
        coalesce(reasons_packed.churn_reasons, '{}') as churn_reasons,
        {{ ratio('counted.active', 'counted.customers') }} as active_rate,
        {{ wilson_bound('counted.active', 'counted.customers', -1) }} as active_rate_low,
        {{ wilson_bound('counted.active', 'counted.customers', 1) }} as active_rate_high,
        {{ ratio('counted.repeat_rate_numerator', 'counted.repeat_rate_denominator') }}
            as repeat_rate,
        {{ wilson_bound('counted.repeat_rate_numerator', 'counted.repeat_rate_denominator', -1) }}
            as repeat_rate_low,
        {{ wilson_bound('counted.repeat_rate_numerator', 'counted.repeat_rate_denominator', 1) }}
            as repeat_rate_high,
        {{ ratio('counted.current_mrr', 'counted.start_mrr', 'decimal(18, 6)') }} as nrr,
        {{ ratio('counted.kept_mrr', 'counted.start_mrr', 'decimal(18, 6)') }} as grr,
        counted.customers < settings.thin_below as is_thin
    from counted
    cross join settings
    left join reasons_packed
        on counted.cohort_month = reasons_packed.cohort_month
        and counted.period = reasons_packed.period
        and counted.motion = reasons_packed.motion
)

select * from rated
