-- one row per customer: what twelve months bring, as they did for others from the same state
{%- set state = ['motion', 'tenure_band', 'is_subscribed', 'is_repeat', 'is_churned'] %}
with

customer_months as (
    select * from {{ ref('int_customer_months_listed') }}
),

bands as (
    select * from {{ ref('experience_bands') }}
    where slice_type = 'tenure_band' and is_active
),

{{ years_followed() }},

{{ brought_by_peers(state) }},

expected as (
    select
        customers.account_id,
        customers.account_type,
        coalesce(peers.peer_count, 0) as expected_value_n,
        case
            when peers.peer_count >= settings.min_n_finding and not customers.is_unpriced
                then cast(
                        round(peers.order_amount * coalesce(margins.margin, 1), 2)
                        + round(coalesce(customers.mrr * peers.mrr_kept, peers.mrr_begun), 2)
                        as decimal(18, 2)
                    )
        end as expected_value_12m
    from years_followed as customers
    cross join {{ ref('statistics_settings') }} as settings
    left join peers
        on {{ same_columns('customers', 'peers', state) }}
    left join margins
        on customers.motion = margins.motion
    where customers.is_latest and settings.setting_id = 'default'
)

select * from expected
