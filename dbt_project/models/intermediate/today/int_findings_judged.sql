-- one row per kind of finding, stage, motion and group of cases: whether it lies apart from others
with

rules as (
    select * from {{ ref('pain_rules') }}
    where is_active
),

counted as (
    select * from {{ ref('int_findings_counted') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

bounds as (
    select * from {{ ref('statistics_bounds') }}
    where is_active
),

-- a kind without a case has a row as well: it was looked for
compared as (
    select
        rules.kind,
        rules.side,
        rules.what,
        rules.next_action,
        coalesce(counted.population, 'all') as population,
        coalesce(counted.motion, 'all') as motion,
        coalesce(counted.slice_type, 'all') as slice_type,
        coalesce(counted.slice_value, 'all') as slice_value,
        coalesce(counted.n, 0) as n,
        coalesce(counted.hits, 0) as hits,
        coalesce(counted.whole_n - counted.n, 0) as rest_n,
        coalesce(counted.whole_hits - counted.hits, 0) as rest_hits,
        counted.stake,
        coalesce(counted.example_journeys, '[]') as example_journeys,
        case
            when counted.n >= settings.min_n_finding
                and counted.whole_n - counted.n >= settings.min_n_finding
                then 1
            else 0
        end as is_test,
        settings.thin_below,
        settings.min_hits,
        settings.prior_cases
    from rules
    cross join settings
    left join counted
        on rules.kind = counted.kind
),

tests_counted as (
    select
        side,
        sum(is_test) as test_count
    from compared
    group by side
),

needed as (
    select
        tests_counted.side,
        tests_counted.test_count,
        coalesce(
            min(case when bounds.max_tests >= tests_counted.test_count then bounds.z_needed end),
            max(bounds.z_needed)
        ) as distance_needed
    from tests_counted
    cross join bounds
    group by tests_counted.side, tests_counted.test_count
),

measured as (
    select
        compared.*,
        needed.test_count,
        needed.distance_needed,
        {{ share_distance('hits', 'n', 'rest_hits', 'rest_n') }} as distance,
        {{ ratio('rest_hits', 'rest_n') }} as base_rate
    from compared
    inner join needed
        on compared.side = needed.side
)

select * from measured
