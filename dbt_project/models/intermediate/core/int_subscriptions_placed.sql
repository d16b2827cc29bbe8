-- one row per billed subscription: the account that pays it, its price in the reporting currency
with

subscriptions as (
    select
        *,
        {{ account_key('source_system', 'account_id') }} as stated_account_id,
        {{ identifier_id("'email'", "''", 'email') }} as identifier_id
    from {{ ref('int_billing_subscriptions_unified') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

memberships as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen and valid_to is null
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

placed as (
    select
        -- keys
        subscriptions.source_system,
        subscriptions.source_record_id,
        subscriptions.subscription_id,
        coalesce(keys.account_id, memberships.account_id) as account_id,
        -- text
        subscriptions.plan,
        subscriptions.currency,
        subscriptions.end_reason,
        -- numbers
        {{ in_reporting_currency(
            'subscriptions.mrr', 'subscriptions.currency', 'rates.rate_to_reporting'
        ) }} as mrr,
        -- timestamps
        subscriptions.started_at,
        subscriptions.renews_at,
        subscriptions.ended_at
    from subscriptions
    left join keys
        on subscriptions.account_id is not null
        and subscriptions.stated_account_id = keys.account_key
    left join identifiers
        on subscriptions.identifier_id = identifiers.identifier_id
    left join memberships
        on identifiers.person_id = memberships.person_id
    left join rates
        on subscriptions.currency = rates.currency
        and cast(subscriptions.started_at as date) >= rates.valid_from
        and cast(subscriptions.started_at as date) < rates.valid_to
)

select * from placed
