-- one row per pair of stages, month of entry and slice: how many went on, how fast, how sure it is
{%- set slices = {'all': "'all'", 'motion': 'motion', 'first_channel': 'first_channel'} %}
with

pairs as (
    select * from {{ ref('int_stage_pairs_followed') }}
),

sliced as (
    {% for slice, value in slices.items() -%}
    select
        *,
        '{{ slice }}' as slice_type,
        {{ value }} as slice_value
    from pairs
    where {{ value }} is not null
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

usual_days as (
    select
        from_stage,
        to_stage,
        {{ percentile('days_to_convert', 0.9) }} as mature_after_days
    from pairs
    where is_converted
    group by from_stage, to_stage
),

counted as (
    select
        from_stage,
        to_stage,
        cohort_month,
        slice_type,
        slice_value,
        count(*) as entered_count,
        sum(case when is_converted then 1 else 0 end) as converted_count,
        sum(case when is_waiting then 1 else 0 end) as waiting_count,
        {{ percentile('days_to_convert', 0.5) }} as median_days,
        {{ percentile('days_to_convert', 0.9) }} as p90_days,
        min(observed_days) as least_observed_days
    from sliced
    group by from_stage, to_stage, cohort_month, slice_type, slice_value
),

rated as (
    select
        -- keys
        counted.from_stage,
        counted.to_stage,
        counted.cohort_month,
        counted.slice_type,
        counted.slice_value,
        -- numbers
        cast(counted.entered_count as bigint) as entered_count,
        cast(counted.converted_count as bigint) as converted_count,
        cast(counted.waiting_count as bigint) as waiting_count,
        cast(counted.converted_count as bigint) as rate_numerator,
        cast(counted.entered_count as bigint) as rate_denominator,
        {{ ratio('counted.converted_count', 'counted.entered_count') }} as rate,
        {{ wilson_bound('counted.converted_count', 'counted.entered_count', -1) }} as rate_low,
        {{ wilson_bound('counted.converted_count', 'counted.entered_count', 1) }} as rate_high,
        cast(round(counted.median_days, 4) as decimal(12, 4)) as median_days,
        cast(round(counted.p90_days, 4) as decimal(12, 4)) as p90_days,
        -- booleans
        coalesce(counted.least_observed_days >= usual_days.mature_after_days, false) as is_mature
    from counted
    left join usual_days
        on counted.from_stage = usual_days.from_stage
        and counted.to_stage = usual_days.to_stage
)

select * from rated
