-- one row per measure of conversions of recommended accounts, scope and month
with

referrals as (
    select
        referred_account_id as account_id,
        min(occurred_at) as referred_at
    from {{ ref('int_referrals_resolved') }}
    where not is_self_referral and referred_account_id is not null
    group by referred_account_id
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

referred as (
    select
        conversions.conversion_type || '_referred' as counted_as,
        conversions.amount,
        {{ local_month('conversions.occurred_at') }} as month
    from conversions
    inner join referrals
        on conversions.account_id = referrals.account_id
        and conversions.occurred_at >= referrals.referred_at
),

measures as (
    {{ list_measures(
        relation='referred',
        month='month',
        scopes={'all': "'all'"},
        measures={'conversions': 'count(*)', 'amount': 'sum(amount)'},
        prefix='counted_as',
    ) }}
)

select * from measures
