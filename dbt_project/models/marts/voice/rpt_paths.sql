-- one row per row of path_settings and way that journeys took; the rarer ways are one row together
with

settings as (
    select
        path_settings.*,
        statistics.thin_below
    from {{ ref('path_settings') }} as path_settings
    cross join {{ ref('statistics_settings') }} as statistics
    where path_settings.is_active and statistics.is_active
),

journeys as (
    select * from {{ ref('fct_journeys') }}
),

touchpoints as (
    select * from {{ ref('fct_touchpoints') }}
),

{{ journey_ways() }},

sized as (
    select
        *,
        count(*) over (partition by path_kind, steps) as way_journeys
    from travelled
),

ranked as (
    select
        *,
        dense_rank() over (
            partition by path_kind
            order by way_journeys desc, steps asc
        ) > top_paths or way_journeys < min_journeys as is_other
    from sized
),

counted as (
    select
        path_kind, journey_type, step_type, is_other,
        case when is_other then '[]' else steps end as steps,
        max(case when is_other then 0 else step_count end) as step_count,
        max(thin_below) as thin_below,
        count(*) as journeys,
        sum(is_longer) as longer_journeys,
        sum(case when is_closed then 1 else 0 end) as closed,
        sum(case when is_converted then 1 else 0 end) as conversions,
        sum(case when is_converted then amount end) as amount,
        {{ percentile('case when is_converted then days end', 0.5) }} as median_days
    from ranked
    group by
        path_kind, journey_type, step_type, is_other, case when is_other then '[]' else steps end
),

summed as (
    select
        *,
        sum(closed) over (partition by path_kind) - closed as rest_closed,
        sum(conversions) over (partition by path_kind) - conversions as rest_conversions
    from counted
),

published as (
    select
        {{ surrogate_key(['path_kind', 'is_other', 'steps']) }} as path_id,
        path_kind,
        journey_type,
        step_type,
        steps,
        {%- for column in ('step_count', 'journeys', 'longer_journeys', 'conversions') %}
        cast({{ column }} as bigint) as {{ column }},
        {%- endfor %}
        cast(journeys - closed as bigint) as open_journeys,
        cast(conversions as bigint) as rate_numerator,
        cast(closed as bigint) as rate_denominator,
        {{ ratio('conversions', 'closed') }} as rate,
        {{ wilson_bound('conversions', 'closed', -1) }} as rate_low,
        {{ wilson_bound('conversions', 'closed', 1) }} as rate_high,
        cast(rest_closed as bigint) as base_n,
        {{ ratio('rest_conversions', 'rest_closed') }} as base_rate,
        cast(round(median_days, 4) as decimal(12, 4)) as median_days,
        cast(amount as decimal(18, 2)) as amount,
        is_other,
        closed < thin_below as is_thin
    from summed
)

select * from published
