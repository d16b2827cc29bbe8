-- one row per account and day on which somebody of it did something: days since the one before
{%- set replies = "'replied', 'wrote'" %}
with

acts as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where direction = 'inbound' and earns_credit and not is_bot and account_id is not null
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

active_days as (
    select
        acts.account_id,
        accounts.motion,
        {{ local_date('acts.occurred_at') }} as active_on,
        max(acts.occurred_at) as last_act_at,
        max(case when acts.action in ({{ replies }}) then acts.occurred_at end) as last_reply_at
    from acts
    inner join accounts
        on acts.account_id = accounts.account_id
    group by acts.account_id, accounts.motion, {{ local_date('acts.occurred_at') }}
),

-- a day of many acts is one day, else every visit would make the rhythm faster
gaps as (
    select
        *,
        {{ days_between(
            'lag(last_act_at) over (partition by account_id order by active_on)', 'last_act_at'
        ) }} as gap_days
    from active_days
)

select * from gaps
