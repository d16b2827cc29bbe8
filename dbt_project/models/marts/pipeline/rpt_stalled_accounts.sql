-- one row per account that somebody should call: why, whom, what to do
with

signs as (
    select * from {{ ref('int_account_signs_listed') }}
),

rules as (
    select * from {{ ref('play_rules') }}
    where is_active
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
    where not is_deleted
),

deals as (
    select * from {{ ref('int_account_deals_known') }}
),

rhythms as (
    select * from {{ ref('int_account_rhythms_measured') }}
),

matched as (
    select
        accounts.account_id,
        rules.rule_id,
        rules.suggested_play,
        rules.urgency,
        row_number() over (
            partition by accounts.account_id
            order by rules.urgency, rules.rule_id
        ) as place
    from signs
    inner join accounts
        on signs.account_id = accounts.account_id
    inner join rules
        on signs.sign = rules.sign
        and signs.strength >= coalesce(rules.at_least, signs.strength)
        and signs.strength <= coalesce(rules.at_most, signs.strength)
        and accounts.motion = coalesce(rules.motion, accounts.motion)
),

called as (
    select
        account_id,
        {{ ordered_list('rule_id') }} as reasons,
        count(*) as reason_count,
        min(urgency) as urgency,
        min(case when place = 1 then suggested_play end) as suggested_play
    from matched
    group by account_id
),

told as (
    select
        -- keys
        called.account_id,
        rhythms.last_person_id as call_person_id,
        -- text
        coalesce(deals.owner, accounts.owner) as owner,
        called.suggested_play,
        called.reasons,
        -- numbers
        called.urgency,
        cast(called.reason_count as bigint) as reason_count,
        deals.amount,
        deals.expected_amount,
        rhythms.days_silent,
        rhythms.usual_gap_days,
        deals.overstay_days as stage_overstay,
        deals.overdue_days as days_overdue,
        cast(deals.engaged_persons as bigint) as engaged_person_count,
        -- booleans
        deals.account_id is not null as has_open_deal,
        -- timestamps
        rhythms.last_act_at
    from called
    inner join accounts
        on called.account_id = accounts.account_id
    left join deals
        on called.account_id = deals.account_id
    left join rhythms
        on called.account_id = rhythms.account_id
)

select * from told
