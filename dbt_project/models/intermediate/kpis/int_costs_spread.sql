-- one row per cost and day of its period: the day's share, to the cent
with

costs as (
    select * from {{ ref('int_costs_priced') }}
    where amount is not null
),

days as (
    select
        *,
        {{ date_series('period_start', 'period_end') }} as cost_date
    from costs
),

shared as (
    select
        *,
        cast(round(amount * 100) as bigint) as cents,
        count(*) over (partition by source_system, source_record_id) as day_count
    from days
),

rounded as (
    {{ largest_remainder(
        relation='shared', exact='cast(cents as double) / day_count', total='cents',
        partition_by='floored.source_system, floored.source_record_id', order_by='floored.cost_date'
    ) }}
),

spread as (
    select
        source_system,
        source_record_id,
        campaign_id,
        channel,
        cost_kind,
        cost_date,
        cast(cast(units as decimal(18, 2)) / 100 as decimal(18, 2)) as amount
    from rounded
)

select * from spread
