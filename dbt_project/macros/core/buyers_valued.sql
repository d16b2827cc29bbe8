{# what each person bought, how often and how much of it among the buyers of the same motion: a shopper is measured by
   shoppers, a company's buyer by companies' buyers. `placed`: person_id, motion.
   Returns a query: person_id, recency (days), frequency, orders_12m, order_span_days (of those), value_rank, monetary (in
   medians); the last two are null where no amount is known. #}
{% macro buyers_valued(placed) -%}
{%- set year_ago = add_days(as_of(), -365) -%}
with

buyers as (
    select
        person_id,
        {{ days_between('max(ordered_at)', as_of()) }} as recency,
        count(*) as frequency,
        sum(case when ordered_at >= {{ year_ago }} then 1 else 0 end) as orders_12m,
        {{ days_between(
            'min(case when ordered_at >= ' ~ year_ago ~ ' then ordered_at end)', 'max(ordered_at)'
        ) }} as order_span_days
    from {{ ref('int_person_purchases_listed') }}
    group by person_id
),

priced as (
    select
        totals.person_id,
        totals.lifetime_value,
        placed.motion,
        cume_dist() over (
            partition by placed.motion
            order by totals.lifetime_value desc nulls last
        ) as value_rank
    from {{ ref('int_person_orders_summed') }} as totals
    inner join {{ placed }} as placed
        on totals.person_id = placed.person_id
    where totals.lifetime_value is not null
),

medians as (
    select
        motion,
        {{ percentile('lifetime_value', 0.5) }} as median_value
    from priced
    where lifetime_value > 0
    group by motion
),

buyers_valued as (
    select
        buyers.*,
        priced.value_rank,
        {{ ratio('priced.lifetime_value', 'medians.median_value', 'decimal(18, 6)') }} as monetary
    from buyers
    left join priced
        on buyers.person_id = priced.person_id
    left join medians
        on priced.motion = medians.motion
)

select * from buyers_valued
{%- endmacro %}
