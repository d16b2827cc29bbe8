-- one row per experiment, variant and metric: who counts in it, and who in its control
{%- set sums = ['n', 'converted', 'known_revenue', 'revenue_squares'] %}
with

counted as (
    select * from {{ ref('int_experiment_arms_counted') }}
),

compared as (
    select
        counted.*,
        {{ ratio('counted.converted', 'counted.n') }} as value,
        {%- for name in sums %}
        case when not counted.is_control then controls.{{ name }} end as control_{{ name }},
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
