-- one row per fact of a billed subscription, told of its account
with

moments as (
    select * from {{ ref('int_billing_moments_listed') }}
),

subscriptions as (
    select * from {{ ref('int_billing_subscriptions_unified') }}
),

facts as (
    select
        {{ identifier_id("'email'", "''", 'subscriptions.email') }} as identifier_id,
        case
            when subscriptions.account_id is not null
                then {{ account_key('subscriptions.source_system', 'subscriptions.account_id') }}
        end as stated_account_id,
        moments.source_system,
        moments.fact,
        coalesce(subscriptions.end_reason, subscriptions.plan) as variant,
        cast(null as decimal(18, 2)) as value,
        moments.occurred_at,
        moments.evidence_type,
        moments.evidence_id
    from moments
    inner join subscriptions
        on moments.source_system = subscriptions.source_system
        and moments.subscription_id = subscriptions.subscription_id
),

resolved as (
    {{ facts_of_people('facts') }}
)

select * from resolved
