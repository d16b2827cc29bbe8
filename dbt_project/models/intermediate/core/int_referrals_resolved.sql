-- one row per referral: who made it, which account it brought, and what was paid for it
with

referrals as (
    select * from {{ ref('int_referrals_judged') }}
),

memberships as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen and valid_to is null
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

resolved as (
    select
        -- keys
        referrals.source_system,
        referrals.source_record_id,
        referrals.referrer_person_id,
        referrals.referred_person_id,
        memberships.account_id as referred_account_id,
        -- numbers
        {{ in_reporting_currency(
            'referrals.reward_amount', 'referrals.currency', 'rates.rate_to_reporting'
        ) }} as reward_amount,
        -- booleans
        referrals.reward_amount > 0 as is_rewarded,
        referrals.is_self_referral,
        -- timestamps
        referrals.occurred_at
    from referrals
    left join memberships
        on referrals.referred_person_id = memberships.person_id
    left join rates
        on referrals.currency = rates.currency
        and cast(referrals.occurred_at as date) >= rates.valid_from
        and cast(referrals.occurred_at as date) < rates.valid_to
)

select * from resolved
