-- one row per deal and moment that counts for its quarter: it was created, or it ended
with

deals as (
    select * from {{ ref('int_deals_priced') }}
),

listed as (
    select
        owner,
        opportunity_type,
        1 as opened_count,
        0 as closed_count,
        0 as won_count,
        cast(null as decimal(18, 2)) as won_amount,
        cast(null as decimal(12, 4)) as days_to_win,
        cast(date_trunc('quarter', {{ local_date('created_at') }}) as date) as quarter
    from deals
    union all
    select
        owner,
        opportunity_type,
        0 as opened_count,
        1 as closed_count,
        case when is_won then 1 else 0 end as won_count,
        case when is_won then amount end as won_amount,
        case when is_won then {{ days_between('created_at', 'ended_at') }} end as days_to_win,
        cast(date_trunc('quarter', {{ local_date('ended_at') }}) as date) as quarter
    from deals
    where has_ended
)

select * from listed
