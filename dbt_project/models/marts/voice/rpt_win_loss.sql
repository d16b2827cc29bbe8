-- one row per outcome, reason, competitor and quarter: deals closed, what worth, and mentions
{%- set keys = ['outcome', 'reason', 'competitor', 'quarter'] %}
with

told as (
    {%- for model in ['int_closed_deals_described', 'int_competitor_mentions_found'] %}
    {%- set is_deals = loop.first %}
    select
        {{ keys | join(',\n        ') }},
        {%- for column in ('account_id', 'statement_id') %}
        {{ 'cast(null as varchar(65535))' if is_deals else column }} as {{ column }},
        {%- endfor %}
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

numbered as (
    select
        *,
        row_number() over (
            partition by {{ keys | join(', ') }} order by statement_id
        ) as statement_number
    from told
),

counted as (
    select
        {{ keys | join(',\n        ') }},
        {{ ordered_list('source_system') }} as sources,
        {{ ordered_list('case when statement_number <= 5 then statement_id end') }}
            as example_records,
        cast(count(case when outcome <> 'named' then 1 end) as bigint) as n,
        cast(count(case when outcome = 'named' then 1 end) as bigint) as mention_count,
        cast(count(distinct account_id) as bigint) as account_count,
        cast(count(value) as bigint) as priced_count,
        cast(sum(value) as decimal(18, 2)) as amount
    from numbered
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
