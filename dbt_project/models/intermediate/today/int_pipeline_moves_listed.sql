-- one row per open or won deal: the month in which it is expected to end or was won
with

open_deals as (
    select * from {{ ref('int_open_deals_estimated') }}
),

won_deals as (
    select * from {{ ref('int_deals_priced') }}
    where is_won
),

listed as (
    select
        owner,
        team,
        1 as open_count,
        case when win_probability is null then 1 else 0 end as refused_count,
        case when amount is null then 1 else 0 end as unpriced_count,
        0 as won_count,
        amount as open_amount,
        expected_amount,
        variance,
        cast(null as decimal(18, 2)) as won_amount,
        cast(date_trunc('month', expected_close) as date) as month
    from open_deals
    union all
    select
        owner,
        team,
        0 as open_count,
        0 as refused_count,
        case when amount is null then 1 else 0 end as unpriced_count,
        1 as won_count,
        cast(null as decimal(18, 2)) as open_amount,
        cast(null as decimal(18, 2)) as expected_amount,
        cast(null as decimal(38, 2)) as variance,
        amount as won_amount,
        {{ local_month('ended_at') }} as month
    from won_deals
)

select * from listed
