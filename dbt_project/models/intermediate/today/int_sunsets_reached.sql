-- one row per known person and sunset rule whose silence and messages are reached
with

rules as (
    select * from {{ ref('sunset_rules') }}
    where is_active
),

sends as (
    select * from {{ ref('int_email_sends_listed') }}
    where delivered_at is not null
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

acts as (
    select * from {{ ref('int_person_acts_aged') }}
),

purchases as (
    select * from {{ ref('int_person_purchases_aged') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
    where not coalesce(is_closed, false) and not is_deleted
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

open_accounts as (
    select distinct keys.account_id
    from opportunities
    inner join keys
        on {{ account_key('opportunities.source_system', 'opportunities.account_id') }}
        = keys.account_key
),

delivered as (
    select
        placed.person_id,
        count(*) as delivered_count
    from placed
    inner join sends
        on placed.person_id = sends.person_id
    left join acts
        on placed.person_id = acts.person_id
    where sends.delivered_at > coalesce(acts.last_act_at, placed.first_seen_at)
    group by placed.person_id
),

quiet as (
    select
        placed.person_id,
        placed.motion,
        delivered.delivered_count,
        open_accounts.account_id is not null as has_open_opportunity,
        {{ days_between('placed.first_seen_at', as_of()) }} as days_known,
        coalesce(
            acts.days_since_act, {{ days_between('placed.first_seen_at', as_of()) }}
        ) as days_quiet,
        purchases.days_since_purchase
    from placed
    inner join delivered
        on placed.person_id = delivered.person_id
    left join acts
        on placed.person_id = acts.person_id
    left join purchases
        on placed.person_id = purchases.person_id
    left join open_accounts
        on placed.account_id = open_accounts.account_id
),

reached as (
    select
        quiet.person_id,
        rules.channel,
        rules.reason,
        rules.rule_id,
        quiet.days_quiet,
        quiet.delivered_count
    from quiet
    inner join rules
        on coalesce(quiet.motion = rules.motion, true)
    where
        quiet.days_quiet >= rules.quiet_days
        and quiet.delivered_count >= rules.min_delivered
        and quiet.days_known > rules.exempt_first_days
        and (
            quiet.days_since_purchase is null or quiet.days_since_purchase > rules.exempt_buyer_days
        )
        and not (rules.exempt_open_opportunity and quiet.has_open_opportunity)
)

select * from reached
