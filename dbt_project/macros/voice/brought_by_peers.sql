{# CTEs: what customers of each state brought in the twelve months after it, last of them `peers`, and what a motion keeps of
   an order after the known cost of products, `margins`. Counts customers; a month that is not priced takes its year out.
   Expects the relation years_followed in scope. #}
{% macro brought_by_peers(state) -%}
margins as (
    select
        placed.motion,
        {{ ratio('sum(orders.cltv_historic)', 'sum(orders.lifetime_value)', 'decimal(18, 6)') }} as margin
    from {{ ref('int_person_orders_summed') }} as orders
    inner join {{ ref('int_persons_placed') }} as placed
        on orders.person_id = placed.person_id
    group by placed.motion
),

peers as (
    select
        {{ state | join(', ') }},
        cast(count(distinct account_id) as bigint) as peer_count,
        {{ ratio('sum(order_amount_12m)', 'count(*)', 'decimal(19, 6)') }} as order_amount,
        {{ ratio('sum(mrr_12m)', 'count(*)', 'decimal(18, 2)') }} as mrr_begun,
        {{ ratio('sum(mrr_12m)', 'sum(mrr)', 'decimal(18, 6)') }} as mrr_kept
    from years_followed
    where known_months = 12 and not is_unpriced
    group by {{ state | join(', ') }}
)
{%- endmacro %}
