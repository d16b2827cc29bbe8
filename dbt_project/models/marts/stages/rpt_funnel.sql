-- one row per pair of stages, month of entry and slice: how many went on, how fast, how sure it is
{%- set slices = {'all': "'all'", 'motion': 'motion', 'first_channel': 'first_channel'} %}
{%- set cell = ['from_stage', 'to_stage', 'cohort_month', 'slice_type', 'slice_value'] %}
with

pairs as (
    select * from {{ ref('int_stage_pairs_judged') }}
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

durations as (
    {{ kaplan_meier('sliced', cell, 'watched_days', 'is_converted') }}
),

counted as (
    select
        {{ cell | join(', ') }},
        thin_below,
        count(*) as entered_count,
        sum(case when is_converted then 1 else 0 end) as converted_count,
        sum(case when is_waiting then 1 else 0 end) as waiting_count,
        sum(case when is_skipped then 1 else 0 end) as skipped_count,
        sum(case when is_reentered then 1 else 0 end) as reentered_count,
        sum(case when is_regressed then 1 else 0 end) as regressed_count,
        {{ percentile('days_to_convert', 0.5) }} as median_days_converted,
        min(case when is_settled then 1 else 0 end) as least_settled
    from sliced
    group by {{ cell | join(', ') }}, thin_below
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
        cast(counted.skipped_count as bigint) as skipped_count,
        cast(counted.reentered_count as bigint) as reentered_count,
        cast(counted.regressed_count as bigint) as regressed_count,
        cast(counted.converted_count as bigint) as rate_numerator,
        cast(counted.entered_count as bigint) as rate_denominator,
        {{ ratio('counted.converted_count', 'counted.entered_count') }} as rate,
        {{ wilson_bound('counted.converted_count', 'counted.entered_count', -1) }} as rate_low,
        {{ wilson_bound('counted.converted_count', 'counted.entered_count', 1) }} as rate_high,
        cast(durations.median_days as decimal(12, 4)) as median_days,
        cast(durations.p90_days as decimal(12, 4)) as p90_days,
        cast(round(counted.median_days_converted, 4) as decimal(12, 4)) as median_days_converted,
        -- booleans
        counted.least_settled = 1 as is_mature,
        counted.entered_count < counted.thin_below as is_thin
    from counted
    inner join durations
        on counted.from_stage = durations.from_stage
        and counted.to_stage = durations.to_stage
        and counted.cohort_month = durations.cohort_month
        and counted.slice_type = durations.slice_type
        and counted.slice_value = durations.slice_value
)

select * from rated
