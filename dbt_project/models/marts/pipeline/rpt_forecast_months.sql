-- one row per month and everybody, team or owner: what is expected, was won, was to be won
{%- set scopes = {'all': "'all'", 'team': 'team', 'owner': 'owner'} %}
{%- set sums = {
    'open_amount': 'open_count', 'expected_amount': 'open_count', 'variance': 'open_count',
    'won_amount': 'won_count',
} %}
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
        cast(sum(unpriced_count * won_count) as bigint) as unpriced_won_count,
        {%- for amount, count in sums.items() %}
        coalesce(sum({{ amount }}), case when sum({{ count }}) = 0 then 0 end) as {{ amount }},
        {%- endfor %}
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
        summed.unpriced_won_count,
        cast(summed.open_amount as decimal(18, 2)) as open_amount,
        cast(summed.expected_amount as decimal(18, 2)) as expected_amount,
        {%- for bound, side in {'low': -1, 'high': 1}.items() %}
        cast({{ normal_bound(
            'summed.expected_amount', 'summed.variance', side, 'statistics.z_interval',
            most='summed.open_amount'
        ) }} as decimal(18, 2)) as expected_{{ bound }},
        {%- endfor %}
        cast(summed.won_amount as decimal(18, 2)) as won_amount,
        summed.target,
        cast(summed.target - summed.won_amount - summed.expected_amount as decimal(18, 2)) as gap,
        {{ ratio('summed.won_amount + summed.expected_amount', 'summed.target', 'decimal(18, 6)') }}
            as attainment,
        -- dates
        summed.month
    from summed
    cross join statistics
)

select * from compared
