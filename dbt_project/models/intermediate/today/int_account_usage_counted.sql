-- one row per account that used the product: how much in the last 30 days, and how long ago
with

events as (
    {{ resolved_records('product_events', columns=['event_name', 'occurred_at']) }}
),

counted as (
    select
        account_id,
        sum(case when occurred_at >= {{ add_days(as_of(), -30) }} then 1 else 0 end)
            as product_events_30d,
        count(distinct case when occurred_at >= {{ add_days(as_of(), -30) }} then person_id end)
            as product_users_30d,
        {{ days_between('max(occurred_at)', as_of()) }} as days_since_product_event
    from events
    where account_id is not null
    group by account_id
)

select * from counted
