-- one row per experiment, variant and metric: who counts in it, and what that brought
{%- set counts = 'not is_mixed and not is_open' %}
{%- set converts = counts ~ ' and is_converted' %}
with

outcomes as (
    select * from {{ ref('int_experiment_outcomes_judged') }}
),

counted as (
    select
        experiment_id,
        variant,
        metric,
        max(metric_id) as metric_id,
        max(control_variant) as control_variant,
        max(min_effect) as min_effect,
        count(case when {{ counts }} then 1 end) as n,
        count(case when {{ converts }} then 1 end) as converted,
        count(case when {{ converts }} and is_unpriced then 1 end) as unpriced_count,
        case
            when count(case when {{ converts }} then 1 end) = 0 then 0
            else sum(case when {{ converts }} then amount end)
        end as revenue_amount,
        case
            when count(case when {{ converts }} and is_unpriced then 1 end) = 0
                then coalesce(sum(case when {{ converts }} then amount end), 0)
        end as known_revenue,
        coalesce(sum(case when {{ counts }} then amount * amount end), 0) as revenue_squares,
        count(case when is_open and not is_mixed then 1 end) as open_count,
        count(case when is_mixed then 1 end) as mixed_count,
        variant = max(control_variant) as is_control
    from outcomes
    group by experiment_id, variant, metric
)

select * from counted
