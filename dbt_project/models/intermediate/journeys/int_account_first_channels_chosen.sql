-- one row per account: the channel of its first touchpoint that counts
with

touchpoints as (
    select *
    from {{ touched(ref('int_touchpoints_resolved')) }}
    where account_id is not null and counts_in_journey
),

ranked as (
    select
        account_id,
        channel,
        row_number() over (
            partition by account_id
            order by occurred_at, touchpoint_id
        ) as preference
    from touchpoints
),

first_channels as (
    select
        account_id,
        channel as first_channel
    from ranked
    where preference = 1
)

select * from first_channels
