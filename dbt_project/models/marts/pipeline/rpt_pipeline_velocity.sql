-- one row per quarter and everybody, owner or type of deal: how much money the pipeline moves a day
{%- set slices = {'all': "'all'", 'owner': 'owner', 'opportunity_type': 'opportunity_type'} %}
with

moments as (
    select * from {{ ref('int_deal_moments_listed') }}
),

statistics as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

sliced as (
    {{ sliced('moments', slices) }}
),

summed as (
    select
        quarter,
        slice_type,
        slice_value,
        cast(sum(opened_count) as decimal(9, 0)) as opened_count,
        cast(sum(closed_count) as decimal(9, 0)) as closed_count,
        cast(sum(won_count) as decimal(9, 0)) as won_count,
        cast(count(won_amount) as decimal(9, 0)) as priced_count,
        -- 20 digits: a product of decimals of at most 18 stays at 18 on DuckDB, and overflows
        cast(coalesce(sum(won_amount), case when sum(won_count) = 0 then 0 end) as decimal(20, 2))
            as won_amount,
        cast(round({{ percentile('days_to_win', 0.5) }}, 4) as decimal(20, 4)) as median_days
    from sliced
    group by quarter, slice_type, slice_value
),

rated as (
    select
        -- keys
        summed.quarter,
        summed.slice_type,
        summed.slice_value,
        -- numbers
        cast(summed.opened_count as bigint) as opened_count,
        cast(summed.won_count as bigint) as win_rate_numerator,
        cast(summed.closed_count as bigint) as win_rate_denominator,
        {{ ratio('summed.won_count', 'summed.closed_count') }} as win_rate,
        {{ wilson_bound('summed.won_count', 'summed.closed_count', -1) }} as win_rate_low,
        {{ wilson_bound('summed.won_count', 'summed.closed_count', 1) }} as win_rate_high,
        cast(summed.won_count - summed.priced_count as bigint) as unpriced_won_count,
        cast(summed.won_amount as decimal(18, 2)) as won_amount,
        {{ ratio('summed.won_amount', 'summed.priced_count', 'decimal(18, 2)') }}
            as average_won_amount,
        cast(summed.median_days as decimal(12, 4)) as median_days,
        case
            when summed.won_count >= statistics.min_hits
                then {{ ratio(
                    'summed.opened_count * summed.won_count * summed.won_amount',
                    'summed.closed_count * summed.priced_count * summed.median_days',
                    'decimal(18, 2)'
                ) }}
        end as amount_per_day,
        -- booleans
        summed.won_count < statistics.min_hits as is_thin
    from summed
    cross join statistics
)

select * from rated
