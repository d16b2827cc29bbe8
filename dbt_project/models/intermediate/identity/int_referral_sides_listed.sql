-- one row per referral and side of it: who recommends, and who is recommended
with

referrals as (
    select * from {{ ref('int_referrals_unified') }}
),

listed as (
    select
        source_system,
        source_record_id,
        'referrer' as side,
        referrer_contact_id as contact_id,
        referrer_email as email,
        occurred_at
    from referrals
    union all
    select
        source_system,
        source_record_id,
        'referred' as side,
        cast(null as varchar(255)) as contact_id,
        referred_email as email,
        occurred_at
    from referrals
)

select * from listed
