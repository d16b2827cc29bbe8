-- one row per recommendation: who made it, whom it brought, and what was paid for it
with

referrals as (
    {{ resolved_records('referrals', columns=[
        'referrer_email', 'referred_email', 'status', 'reward_amount', 'currency', 'occurred_at',
    ]) }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where identifier_type = 'email'
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
        referrals.touchpoint_id,
        referrals.person_id as referrer_person_id,
        identifiers.person_id as referred_person_id,
        memberships.account_id as referred_account_id,
        -- text
        referrals.status,
        -- numbers
        {{ in_reporting_currency(
            'referrals.reward_amount', 'referrals.currency', 'rates.rate_to_reporting'
        ) }} as reward_amount,
        -- booleans
        referrals.reward_amount > 0 as is_rewarded,
        coalesce(
            referrals.referrer_email = referrals.referred_email
            or referrals.person_id = identifiers.person_id,
            false
        ) as is_of_oneself,
        -- timestamps
        referrals.occurred_at
    from referrals
    left join identifiers
        on identifiers.identifier_id = {{
            identifier_id("'email'", "''", 'referrals.referred_email')
        }}
    left join memberships
        on identifiers.person_id = memberships.person_id
    left join rates
        on referrals.currency = rates.currency
        and cast(referrals.occurred_at as date) >= rates.valid_from
        and cast(referrals.occurred_at as date) < rates.valid_to
)

select * from resolved
