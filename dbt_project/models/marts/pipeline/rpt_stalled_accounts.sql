-- one row per account that somebody should call: why, whom, what to do
with

called as (
    select * from {{ ref('int_account_calls_explained') }}
),

deals as (
    select * from {{ ref('int_account_deals_known') }}
),

rhythms as (
    select * from {{ ref('int_account_rhythms_measured') }}
),

subscriptions as (
    select * from {{ ref('int_account_subscriptions_known') }}
),

paces as (
    select * from {{ ref('int_account_paces_judged') }}
),

scores as (
    select * from {{ ref('fct_lead_scores') }}
    where is_latest
),

committees as (
    select
        account_id,
        min(coverage) as committee_coverage,
        {{ ordered_list("case when state <> 'engaged' then role end") }} as missing_roles
    from {{ ref('rpt_buying_committees') }}
    group by account_id
),

tickets as (
    select
        account_id,
        count(*) as open_ticket_count
    from {{ ref('int_person_tickets_known') }}
    where not is_solved
    group by account_id
),

people as (
    {{ people_to_call() }}
),

told as (
    select
        -- keys
        called.account_id,
        people.person_id as call_person_id,
        -- text
        coalesce(deals.owner, called.owner) as owner,
        called.suggested_play,
        called.why,
        paces.stage_pace,
        called.reasons,
        people.call_by,
        people.buying_role as call_person_role,
        scores.grade as call_person_grade,
        coalesce(committees.missing_roles, '[]') as missing_roles,
        -- numbers
        called.urgency,
        cast(called.reason_count as bigint) as reason_count,
        deals.amount,
        deals.expected_amount,
        cast(case
            when deals.account_id is not null then coalesce(deals.expected_amount, deals.amount)
            else 12 * subscriptions.mrr
        end as decimal(18, 2)) as amount_at_risk,
        rhythms.days_silent,
        rhythms.usual_gap_days,
        deals.overstay_days as stage_overstay,
        deals.overdue_days as days_overdue,
        cast(deals.engaged_persons as bigint) as engaged_person_count,
        committees.committee_coverage,
        cast(coalesce(tickets.open_ticket_count, 0) as bigint) as open_ticket_count,
        scores.engagement as call_person_engagement,
        -- booleans
        deals.account_id is not null as has_open_deal,
        deals.account_id is not null
        and coalesce(people.active_person_count, 0) <= 1 as is_single_threaded,
        -- timestamps
        rhythms.last_act_at,
        rhythms.last_reply_at
    from called
    left join people
        on called.account_id = people.account_id
        and people.place = 1
    left join scores
        on people.person_id = scores.person_id
    {%- for relation in [
        'deals', 'rhythms', 'subscriptions', 'paces', 'committees', 'tickets',
    ] %}
    left join {{ relation }}
        on called.account_id = {{ relation }}.account_id
    {%- endfor %}
),

ranked as (
    select
        *,
        cast(row_number() over (
            partition by owner
            order by
                amount_at_risk desc nulls last,
                urgency asc,
                call_person_engagement desc nulls last,
                account_id asc
        ) as bigint) as call_rank
    from told
)

select * from ranked
