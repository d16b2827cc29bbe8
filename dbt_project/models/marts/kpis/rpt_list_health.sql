-- one row per purpose and month: who joined and left the list, and who is left on it
{%- set counts = ['joined', 'left_count', 'bounced', 'complained'] %}
with

moves as (
    select
        *,
        {{ local_month('moved_at') }} as month
    from {{ ref('int_list_moves_listed') }}
),

members as (
    select * from {{ ref('int_list_members_listed') }}
),

changes as (
    select
        purpose,
        month,
        sum(case when is_join then 1 else 0 end) as joined,
        sum(case when is_join then 0 else 1 end) as left_count,
        sum(case when reason = 'bounced_hard' then 1 else 0 end) as bounced,
        sum(case when reason = 'complained' then 1 else 0 end) as complained
    from moves
    group by purpose, month
),

stocks as (
    select
        purpose,
        month,
        count(*) as reachable,
        sum(case when is_inactive then 1 else 0 end) as inactive
    from members
    group by purpose, month
),

joined as (
    select
        coalesce(stocks.purpose, changes.purpose) as purpose,
        coalesce(stocks.month, changes.month) as month,
        {%- for count in counts %}
        coalesce(changes.{{ count }}, 0) as {{ count }},
        {%- endfor %}
        coalesce(stocks.reachable, 0) as reachable,
        coalesce(stocks.inactive, 0) as inactive
    from stocks
    full outer join changes
        on stocks.purpose = changes.purpose
        and stocks.month = changes.month
),

rated as (
    select
        -- keys
        purpose,
        -- numbers
        cast(reachable - joined + left_count as bigint) as reachable_before,
        {%- for count in counts + ['reachable', 'inactive'] %}
        cast({{ count }} as bigint) as {{ count }},
        {%- endfor %}
        cast(joined - left_count as bigint) as growth_numerator,
        cast(reachable - joined + left_count as bigint) as growth_denominator,
        {{ ratio('joined - left_count', 'reachable - joined + left_count') }} as growth,
        cast(inactive as bigint) as inactive_rate_numerator,
        cast(reachable as bigint) as inactive_rate_denominator,
        {{ ratio('inactive', 'reachable') }} as inactive_rate,
        {{ wilson_bound('inactive', 'reachable', -1) }} as inactive_rate_low,
        {{ wilson_bound('inactive', 'reachable', 1) }} as inactive_rate_high,
        -- dates
        month
    from joined
)

select * from rated
