-- one row per experiment, variant and metric: what came of it, against the control, and how sure
{%- set sides = {-1: 'low', 1: 'high'} %}
with

compared as (
    select * from {{ ref('int_experiment_arms_compared') }}
),

settings as (
    select min_n_finding from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

measured as (
    select
        compared.*,
        settings.min_n_finding,
        {%- for side, end in sides.items() %}
        {{ share_difference_bound('converted', 'n', 'control_converted', 'control_n', side) }}
            as difference_{{ end }},
        {{ lift_bound('converted', 'n', 'control_converted', 'control_n', side) }}
            as lift_{{ end }},
        {{ wilson_bound('converted', 'n', side) }} as value_{{ end }},
        {{ mean_difference_bound(
            'n', 'known_revenue', 'revenue_squares',
            'control_n', 'control_known_revenue', 'control_revenue_squares', side
        ) }} as revenue_difference_{{ end }},
        {%- endfor %}
        {{ ratio('control_converted', 'control_n') }} as control_value,
        {{ ratio('known_revenue', 'n', 'decimal(18, 2)') }} as revenue_per_person,
        {{ ratio('control_known_revenue', 'control_n', 'decimal(18, 2)') }} as control_per_person
    from compared
    cross join settings
),

judged as (
    select
        *,
        case
            when is_control then null
            when control_n is null then 'no control'
            when n = 0 or control_n = 0 then 'nobody has been in it long enough'
            when least(n, control_n) < min_n_finding
                then 'not enough data yet: ' || cast(least(n, control_n) as varchar(255)) || ' of '
                    || cast(min_n_finding as varchar(255)) || ' persons'
            when needed_n is null then 'nobody or everybody of the control converted'
            when least(n, control_n) < needed_n
                then cast(least(n, control_n) as varchar(255)) || ' of '
                    || cast(needed_n as varchar(255)) || ' persons'
            when difference_low <= 0 and difference_high >= 0 then 'no difference seen'
        end as doubt
    from measured
),

results as (
    select
        -- keys
        experiment_id,
        variant,
        metric,
        -- text
        doubt,
        -- numbers
        cast(n as bigint) as n,
        cast(converted as bigint) as converted,
        value,
        value_low,
        value_high,
        cast(value - control_value as decimal(9, 6)) as difference,
        difference_low,
        difference_high,
        {{ ratio('value', 'control_value', 'decimal(18, 6)') }} as lift,
        lift_low,
        lift_high,
        needed_n,
        cast(unpriced_count as bigint) as unpriced_count,
        cast(revenue_amount as decimal(18, 2)) as revenue_amount,
        revenue_per_person,
        cast(revenue_per_person - control_per_person as decimal(18, 2))
            as revenue_difference,
        revenue_difference_low,
        revenue_difference_high,
        cast(open_count as bigint) as open_count,
        cast(mixed_count as bigint) as mixed_count,
        -- booleans
        is_control,
        case when not is_control then doubt is null end as is_conclusive,
        -- evidence
        metric_id
    from judged
)

select * from results
