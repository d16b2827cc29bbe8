-- one row per motion, attribute and value of companies: how often deals were won, and by the rest
with

settings as (
    select * from {{ ref('statistics_settings') }}
    where is_active and setting_id = 'default'
),

outcomes as (
    select * from {{ ref('int_icp_outcomes_listed') }}
    where is_decided and not is_excluded
),

bounds as (
    {{ spanned_bounds() }}
),

counted as (
    select
        motion,
        attribute,
        value is not null as is_known,
        coalesce(value, 'unknown') as value,
        count(*) as n,
        sum(case when is_won then 1 else 0 end) as won
    from outcomes
    group by motion, attribute, value
),

compared as (
    select
        *,
        case when is_known then sum(n) over (partition by motion, attribute, is_known) end as all_n,
        case when is_known then sum(won) over (partition by motion, attribute, is_known) end
            as all_won,
        count(*) over (partition by motion, attribute, is_known) as value_count
    from counted
),

rated as (
    select
        compared.*,
        compared.all_n - compared.n as rest_n,
        compared.all_won - compared.won as rest_won,
        {{ ratio('compared.all_won', 'compared.all_n') }} as base_rate,
        bounds.z_needed
    from compared
    inner join bounds
        on compared.value_count > bounds.above_tests
        and compared.value_count <= bounds.max_tests
),

measured as (
    select
        -- keys
        rated.motion,
        rated.attribute,
        rated.value,
        -- numbers
        cast(rated.n as bigint) as n,
        cast(rated.won as bigint) as won,
        {{ ratio('rated.won', 'rated.n') }} as rate,
        {{ wilson_bound('rated.won', 'rated.n', -1) }} as rate_low,
        {{ wilson_bound('rated.won', 'rated.n', 1) }} as rate_high,
        rated.base_rate,
        cast(rated.all_won as bigint) as base_rate_numerator,
        cast(rated.all_n as bigint) as base_rate_denominator,
        {%- set smoothed = ['rated.won', 'rated.n', 'rated.base_rate', 'settings.prior_cases'] %}
        {{ smoothed_rate(*smoothed) }} as smoothed_rate,
        {{ lift(*smoothed) }} as lift,
        {{ log_lift(lift(*smoothed)) }} as log_lift,
        {%- set counts = ['rated.won', 'rated.n', 'rated.rest_won', 'rated.rest_n'] %}
        {{ lift_bound(*counts, side=-1, z='settings.z_interval') }} as rest_ratio_low,
        {{ lift_bound(*counts, side=1, z='settings.z_interval') }} as rest_ratio_high,
        {{ share_distance(*counts) }} as z,
        -- booleans
        rated.n < settings.thin_below as is_thin,
        coalesce(
            rated.n >= settings.min_n_finding
            and (rated.won >= settings.min_hits or rated.n * rated.base_rate >= settings.min_hits)
            and abs({{ share_distance(*counts) }}) >= rated.z_needed, false
        ) as is_finding
    from rated
    cross join settings
)

select * from measured
