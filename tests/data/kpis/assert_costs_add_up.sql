-- every cost with a rate is spread over its days to the cent; one without has no day
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
