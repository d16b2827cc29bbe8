-- one row per outcome, reason, competitor and quarter: deals closed, what worth, and mentions
{%- set keys = ['outcome', 'reason', 'competitor', 'quarter'] %}
with

told as (
    {%- for model in ['int_closed_deals_described', 'int_competitor_mentions_found'] %}
    select
        {{ keys | join(',\n        ') }},
        source_system,
        value
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

counted as (
    select
        {{ keys | join(',\n        ') }},
        {{ ordered_list('source_system') }} as sources,
        cast(count(case when outcome <> 'named' then 1 end) as bigint) as n,
        cast(count(case when outcome = 'named' then 1 end) as bigint) as mention_count,
        cast(count(value) as bigint) as priced_count,
        cast(sum(value) as decimal(18, 2)) as amount
    from told
    group by {{ keys | join(', ') }}
),

published as (
    select
        counted.*,
        counted.n + counted.mention_count < settings.thin_below as is_thin
    from counted
    cross join settings
)

select * from published
