-- one row per KPI, scope and period: how sure its value is, and the trend since the period before
{%- set next_period = "cast(date_trunc('month', " ~ add_days('period_start', 32) ~ ') as date)' %}
with

kpis as (
    select
        *,
        {{ next_period }} as next_period_start,
        coalesce(unit = 'share' and numerator <= denominator, false) as is_share,
        denominator_measure is null and unit <> 'money' as is_count
    from {{ ref('int_kpis_divided') }}
),

known as (
    select max(last_date) as last_date from {{ ref('int_dates_spanned') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where is_active
),

-- what is counted once it was followed in time waits that long after the end of its period
waits as (
    select
        started_measure,
        max(within_hours) as within_hours
    from {{ ref('follow_rules') }}
    where is_active
    group by started_measure
),

bounded as (
    select
        kpis.*,
        {% for side, end in {-1: 'low', 1: 'high'}.items() -%}
        case
            when kpis.is_share then {{ wilson_bound('kpis.numerator', 'kpis.denominator', side) }}
        end as value_{{ end }},
        {% endfor -%}
        coalesce(kpis.denominator < settings.thin_below, false) as is_thin,
        {{ add_minutes('kpis.next_period_start', '60 * coalesce(waits.within_hours, 0)') }}
        <= {{ add_days('known.last_date', 1) }} as is_mature
    from kpis
    cross join known
    cross join settings
    left join waits
        on kpis.denominator_measure = waits.started_measure
),

followed as (
    select
        bounded.*,
        earlier.value as previous_value,
        bounded.is_thin or earlier.is_thin as is_too_thin,
        case
            when bounded.is_share
                then bounded.value_low <= earlier.value_high
                    and earlier.value_low <= bounded.value_high
            when bounded.is_count
                then {{ counts_agree('bounded.value', 'earlier.value') }}
            else bounded.value = earlier.value
        end as is_flat
    from bounded
    left join bounded as earlier
        on bounded.kpi_id = earlier.kpi_id
        and bounded.scope_type = earlier.scope_type
        and bounded.scope_id = earlier.scope_id
        and bounded.period_type = earlier.period_type
        and bounded.period_start = earlier.next_period_start
),

judged as (
    select
        *,
        case
            when not is_mature or is_too_thin then null
            when is_flat then 'flat'
            when value > previous_value then 'up'
            when value < previous_value then 'down'
        end as trend
    from followed
)

select * from judged
