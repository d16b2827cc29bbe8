-- one row per follow rule and start that counts: when it was followed, and whether in time
with

rules as (
    select * from {{ ref('follow_rules') }}
    where is_active
),

moments as (
    select * from {{ ref('int_follow_moments_listed') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

known as (
    select max(last_date) as last_date from {{ ref('int_dates_spanned') }}
),

ordered as (
    select
        *,
        min(case when part = 'follow' then occurred_at end) over (
            partition by rule_id, entity_id
            order by occurred_at asc, part desc, account_id asc nulls last
            rows between 1 following and unbounded following
        ) as followed_at,
        row_number() over (
            partition by rule_id, entity_id, part
            order by occurred_at, account_id nulls last
        ) as occurrence
    from moments
),

judged as (
    select
        rules.rule_id,
        rules.started_measure,
        rules.followed_measure,
        ordered.entity_id,
        ordered.occurred_at,
        ordered.followed_at,
        coalesce(
            ordered.followed_at
            <= {{ add_minutes('ordered.occurred_at', '60 * rules.within_hours') }}, false
        ) as is_followed,
        -- what may still follow has not failed to
        {{ local_date(add_minutes('ordered.occurred_at', '60 * rules.within_hours')) }}
        > known.last_date as is_open,
        {{ local_month('ordered.occurred_at') }} as month
    from ordered
    inner join rules
        on ordered.rule_id = rules.rule_id
    cross join known
    left join accounts
        on ordered.account_id = accounts.account_id
    where ordered.part = 'start'
        and (ordered.occurrence = 1 or not rules.is_first_only)
        and (rules.motion is null or accounts.motion = rules.motion)
)

select * from judged
