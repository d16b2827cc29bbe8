-- one row per measure of recommendations, scope and month
with

referrals as (
    select
        *,
        {{ local_month('occurred_at') }} as month
    from {{ ref('int_referrals_resolved') }}
    where not is_self_referral
),

measures as (
    {{ list_measures(
        relation='referrals',
        month='month',
        scopes={'all': "'all'"},
        measures={
            'referrals_made': 'count(*)',
            'referral_persons': 'count(distinct referrer_person_id)',
            'referral_known': 'count(referred_person_id)',
            'referral_rewarded': 'sum(case when is_rewarded then 1 else 0 end)',
            'referral_reward_amount': 'sum(reward_amount)',
        },
    ) }}
)

select * from measures
