-- one row per subscription and day of renewal that any of its versions stated
with

versions as (
    {{ union_systems('billing_subscriptions') }}
),

stated as (
    select
        source_system,
        subscription_id,
        subscription_id || '|' || cast(cast(renews_at as date) as varchar(40)) as term_id,
        min(renews_at) as renews_at
    from versions
    where renews_at is not null and {{ before_as_of(known_moments()['billing_subscriptions']) }}
    group by source_system, subscription_id, cast(renews_at as date)
),

terms as (
    select
        *,
        lead(renews_at) over (
            partition by source_system, subscription_id
            order by renews_at
        ) as next_renews_at
    from stated
)

select * from terms
