-- one row per referral: the act of the one who recommends
with

referrals as (
    select * from {{ ref('int_referrals_judged') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('referrals', {
            'identifier_id': 'referrals.referrer_identifier_id',
            'content': 'referrals.code',
            'content_type': 'referrals.status',
            'occurred_at': 'referrals.occurred_at',
        }) }}
    from referrals
    inner join types
        on {{ is_type_of('referrals', 'referrals') }}
)

select * from shaped
