-- one row per outcome, reason, competitor and quarter of closed deals: how many, worth what
{%- set keys = ['outcome', 'reason', 'competitor', 'quarter'] %}
with

closed as (
    select * from {{ ref('int_closed_deals_described') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

counted as (
    select
        {{ keys | join(',\n        ') }},
        {{ ordered_list('source_system') }} as sources,
        cast(count(*) as bigint) as n,
        cast(count(value) as bigint) as priced_count,
        cast(coalesce(sum(value), 0) as decimal(18, 2)) as amount
    from closed
    group by {{ keys | join(', ') }}
),

published as (
    select
        counted.*,
        counted.n < settings.thin_below as is_thin
    from counted
    cross join settings
)

select * from published
