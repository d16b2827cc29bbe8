-- one row per account of which a row of play_rules holds: which ones, and the most urgent in words
{%- set reasons_told = 3 %}
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

matched as (
    select
        accounts.account_id,
        accounts.owner,
        rules.rule_id,
        rules.suggested_play,
        rules.urgency,
        replace(
            coalesce(rules.reason, rules.rule_id), '{}',
            case
                when signs.strength >= 10
                    then cast(cast(round(signs.strength) as bigint) as varchar(40))
                else replace(cast(cast(signs.strength as decimal(18, 1)) as varchar(40)), '.0', '')
            end
        ) as reason,
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
        owner,
        {{ ordered_list('rule_id') }} as reasons,
        count(*) as reason_count,
        min(urgency) as urgency,
        min(case when place = 1 then suggested_play end) as suggested_play,
        min(case when place = 1 then reason end)
        {%- for place in range(2, reasons_told + 1) %}
        || coalesce('; ' || min(case when place = {{ place }} then reason end), '')
        {%- endfor %} as why
    from matched
    group by account_id, owner
)

select * from called
