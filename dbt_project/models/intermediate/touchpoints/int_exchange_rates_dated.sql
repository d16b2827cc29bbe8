-- one row per currency and rate: the days it holds, half-open
with

exchange_rates as (
    select * from {{ ref('exchange_rates') }}
),

dated as (
    select
        currency,
        rate_to_reporting,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by currency order by valid_from),
            cast('9999-12-31' as date)
        ) as valid_to
    from exchange_rates
)

select * from dated
