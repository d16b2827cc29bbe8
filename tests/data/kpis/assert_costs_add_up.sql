-- costs with a rate whose days do not add up to them to the cent, or without one that have days
-- do: look at the cost in int_costs_priced and its days in int_costs_spread: its period ends before
-- it begins, or a day is shared out twice
with

priced as (
    select * from {{ ref('int_costs_priced') }}
),

spread as (
    select
        source_system,
        source_record_id,
        sum(amount) as amount
    from {{ ref('int_costs_spread') }}
    group by source_system, source_record_id
)

select
    priced.source_system,
    priced.source_record_id,
    priced.amount,
    spread.amount as spread_amount
from priced
left join spread
    on priced.source_system = spread.source_system
    and priced.source_record_id = spread.source_record_id
where coalesce(priced.amount, -1) <> coalesce(spread.amount, -1)
