-- one row per version of a recommendation of one person to another, typed
with

raw_rows as (
    select * from {{ source('files', 'referrals') }}
),

typed as (
    select
        -- ids
        referral_id,
        referrer_contact_id,
        -- text
        {{ clean_email('referrer_email') }} as referrer_email,
        {{ clean_email('referred_email') }} as referred_email,
        code,
        lower(trim(status)) as status,
        currency,
        -- numbers
        {{ try_number('reward_amount') }} as reward_amount,
        -- dates and timestamps
        {{ try_timestamp('occurred_at') }} as occurred_at,
        -- load
        {{ load_columns('referrals', key=['referral_id']) }}
    from raw_rows
)

select * from typed
