-- one row per metric, slice and published figure: what ours look like beside it
{%- set journey_counts = {'touches': 'touchpoint_count', 'channels': 'channel_count',
    'days': 'days', 'people': 'person_count'} %}
with

journeys as (
    select * from {{ ref('fct_journeys') }}
    where closed_at is not null
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

message_rates as (
    select * from {{ ref('int_message_rates_listed') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where is_active
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
    where is_active
),

own_values as (
    {%- for metric, column in journey_counts.items() %}
    select
        'journey_{{ metric }}' as metric,
        accounts.motion || ' ' || journeys.journey_type || ' ' || journeys.outcome as slice,
        cast(journeys.{{ column }} as decimal(18, 6)) as value,
        cast(null as bigint) as numerator,
        cast(null as bigint) as denominator
    from journeys
    inner join accounts
        on journeys.account_id = accounts.account_id
    union all
    {%- endfor %}
    select * from message_rates
),

own as (
    select
        metric,
        slice,
        count(value) as n,
        {{ percentile('value', 0.5) }} as median,
        {{ percentile('value', 0.9) }} as p90,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from own_values
    group by metric, slice
),

compared as (
    select
        -- keys
        coalesce(own.metric, benchmarks.metric) as metric,
        coalesce(own.slice, benchmarks.slice) as slice,
        coalesce(benchmarks.benchmark_id, 'none') as benchmark_id,
        -- text
        benchmarks.unit,
        benchmarks.population,
        benchmarks.statistic as published_statistic,
        benchmarks.source as published_source,
        benchmarks.note,
        -- numbers
        cast(coalesce(own.n, 0) as bigint) as own_n,
        cast(round(own.median, 6) as decimal(18, 6)) as own_median,
        cast(round(own.p90, 6) as decimal(18, 6)) as own_p90,
        cast(own.numerator as bigint) as own_value_numerator,
        cast(own.denominator as bigint) as own_value_denominator,
        {{ ratio('own.numerator', 'own.denominator') }} as own_value,
        benchmarks.value as published_value,
        -- booleans
        coalesce(own.n, 0) < settings.thin_below as is_thin,
        benchmarks.is_verified,
        case when benchmarks.is_active then benchmarks.published_on is not null end as is_dated,
        -- dates
        benchmarks.published_on
    from own
    full outer join benchmarks
        on own.metric = benchmarks.metric and own.slice = benchmarks.slice
    cross join settings
)

select * from compared
