-- one row per month and everybody, team or owner: what is expected, was won, was to be won
{%- set scopes = {'all': "'all'", 'team': 'team', 'owner': 'owner'} %}
{%- set sums = ['open_amount', 'expected_amount', 'variance', 'won_amount'] %}
{%- set counts = ['open_count', 'refused_count', 'unpriced_count', 'won_count'] %}
with

moves as (
    select * from {{ ref('int_pipeline_moves_listed') }}
),

targets as (
    select * from {{ ref('sales_targets') }}
    where is_active
),

statistics as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

scoped as (
    {% for scope, value in scopes.items() -%}
    select
        '{{ scope }}' as scope_type,
        {{ value }} as scope_value,
        month,
        {{ counts | join(', ') }},
        {{ sums | join(', ') }},
        cast(null as decimal(18, 2)) as target
    from moves
    where {{ value }} is not null
    union all
    {% endfor -%}
    select
        scope_type,
        scope_value,
        month,
        0 as {{ counts | join(',\n        0 as ') }},
        null as {{ sums | join(',\n        null as ') }},
        amount as target
    from targets
),

summed as (
    select
        scope_type,
        scope_value,
        month,
        {%- for count in counts %}
        cast(sum({{ count }}) as bigint) as {{ count }},
        {%- endfor %}
        cast(coalesce(sum(open_amount), 0) as decimal(18, 2)) as open_amount,
        cast(coalesce(sum(expected_amount), 0) as decimal(18, 2)) as expected_amount,
        cast(coalesce(sum(variance), 0) as decimal(38, 2)) as variance,
        cast(coalesce(sum(won_amount), 0) as decimal(18, 2)) as won_amount,
        cast(sum(target) as decimal(18, 2)) as target
    from scoped
    group by scope_type, scope_value, month
),

compared as (
    select
        -- keys
        coalesce(substring(cast(summed.month as varchar(255)), 1, 7), 'undated') as period,
        summed.scope_type,
        summed.scope_value,
        -- numbers
        {%- for count in counts %}
        summed.{{ count }},
        {%- endfor %}
        summed.open_amount,
        summed.expected_amount,
        {{ normal_bound('summed.expected_amount', 'summed.variance', -1, 'statistics.z_interval') }}
            as expected_low,
        least(
            summed.open_amount,
            {{ normal_bound(
                'summed.expected_amount', 'summed.variance', 1, 'statistics.z_interval'
            ) }}
        ) as expected_high,
        summed.won_amount,
        summed.target,
        cast(summed.target - summed.won_amount - summed.expected_amount as decimal(18, 2)) as gap,
        -- dates
        summed.month
    from summed
    cross join statistics
)

select * from compared
