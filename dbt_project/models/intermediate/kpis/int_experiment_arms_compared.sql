-- one row per experiment, variant and metric: who counts in it, and who in its control
{%- set counts = ['n', 'converted', 'unpriced_count', 'revenue_amount', 'revenue_squares'] %}
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
        sum(case when is_mixed or is_open then 0 else 1 end) as n,
        sum(case when is_converted and not is_mixed and not is_open then 1 else 0 end) as converted,
        sum(case when is_unpriced and not is_mixed and not is_open then 1 else 0 end)
            as unpriced_count,
        case
            when sum(case when is_converted and not is_mixed and not is_open then 1 else 0 end) > 0
                then sum(case when is_converted and not is_mixed and not is_open then amount end)
            else 0
        end as revenue_amount,
        sum(case when is_mixed or is_open then 0 else amount * amount end) as revenue_squares,
        sum(case when is_open and not is_mixed then 1 else 0 end) as open_count,
        sum(case when is_mixed then 1 else 0 end) as mixed_count,
        variant = max(control_variant) as is_control
    from outcomes
    group by experiment_id, variant, metric
),

compared as (
    select
        counted.*,
        {{ ratio('counted.converted', 'counted.n') }} as value,
        {%- for count in counts %}
        case when not counted.is_control then controls.{{ count }} end as control_{{ count }},
        {%- endfor %}
        {{ needed_cases(ratio('controls.converted', 'controls.n'), 'counted.min_effect') }}
            as needed_n
    from counted
    left join counted as controls
        on counted.experiment_id = controls.experiment_id
        and counted.metric = controls.metric
        and counted.control_variant = controls.variant
)

select * from compared
