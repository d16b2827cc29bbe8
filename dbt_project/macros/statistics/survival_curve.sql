{# the share that still waits after each observed number of days (Kaplan and Meier): who is not watched any longer counts
   for as long as they were. `relation` has one row per case: its key columns, the days it was watched, and whether they
   ended with what is waited for; whoever leaves on a day of events was at risk of them. Logarithms are summed as decimals,
   as a sum of doubles depends on its order, and engines differ in their last bit: six digits are told.
   Returns a query: the keys, days, at_risk_count, event_count, survival. #}
{% macro survival_curve(relation, keys, days='days', is_event='is_event') -%}
{%- set group = keys | join(', ') -%}
{%- set partition = 'partition by ' ~ group if keys else '' -%}
with

cases_by_days as (
    select
        {% for key in keys %}{{ key }}, {% endfor -%}
        {{ days }} as days,
        count(*) as case_count,
        sum(case when {{ is_event }} then 1 else 0 end) as event_count
    from {{ relation }}
    where {{ days }} is not null
    group by {{ group ~ ', ' if keys }}{{ days }}
),

cases_at_risk as (
    select
        *,
        sum(case_count) over (
            {{ partition }} order by days desc nulls last
            rows between unbounded preceding and current row
        ) as at_risk_count
    from cases_by_days
),

factors as (
    select
        *,
        case when event_count = at_risk_count then 1 else 0 end as is_end,
        cast(ln(
            case
                when event_count = at_risk_count then 1
                else 1 - cast(event_count as double) / at_risk_count
            end
        ) as decimal(18, 12)) as log_factor
    from cases_at_risk
),

multiplied as (
    select
        *,
        sum(log_factor) over up_to_now as log_survival,
        sum(is_end) over up_to_now as end_count
    from factors
    window up_to_now as (
        {{ partition }} order by days nulls last rows between unbounded preceding and current row
    )
),

survival_curve as (
    select
        {% for key in keys %}{{ key }}, {% endfor -%}
        days,
        cast(at_risk_count as bigint) as at_risk_count,
        cast(event_count as bigint) as event_count,
        cast(round(
            case
                when end_count > 0 then 0
                else cast(exp(cast(log_survival as double)) as decimal(18, 9))
            end, 6
        ) as decimal(9, 6)) as survival
    from multiplied
)

select * from survival_curve
{%- endmacro %}
