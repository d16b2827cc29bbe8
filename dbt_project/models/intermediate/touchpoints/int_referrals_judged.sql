-- one row per referral: who recommends whom, and whether both are one person
with

referrals as (
    select
        *,
        {{ first_identifier(
            'referrals', ['contact_id', 'email'],
            {'contact_id': 'referrer_contact_id', 'email': 'referrer_email'}
        ) }} as referrer_identifier_id,
        {{ first_identifier('referrals', ['email'], {'email': 'referred_email'}) }}
            as referred_identifier_id
    from {{ ref('int_referrals_unified') }} as referrals
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

judged as (
    select
        referrals.source_system,
        referrals.source_table,
        referrals.source_record_id,
        referrals.referrer_identifier_id,
        referrers.person_id as referrer_person_id,
        referred.person_id as referred_person_id,
        referrals.code,
        referrals.status,
        referrals.currency,
        referrals.reward_amount,
        coalesce(referrers.person_id = referred.person_id, false) as is_self_referral,
        referrals.occurred_at
    from referrals
    left join identifiers as referrers
        on referrals.referrer_identifier_id = referrers.identifier_id
    left join identifiers as referred
        on referrals.referred_identifier_id = referred.identifier_id
)

select * from judged
