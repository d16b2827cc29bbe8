-- one row per content, stage and motion: whom it reached there, and did those move up more often
with

counted as (
    select * from {{ ref('int_content_touches_counted') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where is_active
),

bounds as (
    select * from {{ ref('statistics_bounds') }}
    where is_active
),

compared as (
    select
        counted.*,
        sum(case when counted.n >= settings.min_n_finding then 1 else 0 end)
            over (partition by counted.content_level) as test_count,
        settings.thin_below,
        settings.min_n_finding,
        settings.min_hits,
        settings.prior_cases
    from counted
    cross join settings
),

-- the more is compared, the further apart it must lie
bounded as (
    select
        compared.content_level,
        compared.test_count,
        coalesce(
            min(case when bounds.max_tests >= compared.test_count then bounds.z_needed end),
            max(bounds.z_needed)
        ) as z_needed
    from compared
    cross join bounds
    group by compared.content_level, compared.test_count
),

measured as (
    select
        compared.*,
        {% for side, end in {-1: 'low', 1: 'high'}.items() -%}
        {{ lift_bound(
            'compared.advanced', 'compared.n', 'compared.rest_advanced', 'compared.rest_n', side
        ) }} as lift_{{ end }},
        {% endfor -%}
        coalesce(abs({{ share_distance(
            'compared.advanced', 'compared.n', 'compared.rest_advanced', 'compared.rest_n'
        ) }}) >= bounded.z_needed, false) as is_apart
    from compared
    inner join bounded
        on compared.content_level = bounded.content_level
        and compared.test_count = bounded.test_count
),

rated as (
    select
        -- keys
        content_level,
        content,
        stage,
        motion,
        -- numbers
        cast(touches as bigint) as touches,
        cast(accounts as bigint) as accounts,
        cast(seconds as decimal(18, 4)) as engaged_seconds,
        cast(n as bigint) as n,
        cast(advanced as bigint) as next_stage_rate_numerator,
        cast(n as bigint) as next_stage_rate_denominator,
        {{ ratio('advanced', 'n') }} as next_stage_rate,
        {{ wilson_bound('advanced', 'n', -1) }} as next_stage_rate_low,
        {{ wilson_bound('advanced', 'n', 1) }} as next_stage_rate_high,
        cast(rest_advanced as bigint) as untouched_rate_numerator,
        cast(rest_n as bigint) as untouched_rate_denominator,
        {{ ratio('rest_advanced', 'rest_n') }} as untouched_rate,
        {{ lift('advanced', 'n', 'base_rate', 'prior_cases') }} as lift,
        case when n > 0 and rest_n > 0 then lift_low end as lift_low,
        case when n > 0 and rest_n > 0 then lift_high end as lift_high,
        -- booleans
        n < thin_below or rest_n < thin_below as is_thin,
        n >= min_n_finding and rest_n >= thin_below and advanced >= min_hits and is_apart
            as is_finding
    from measured
)

select * from rated
