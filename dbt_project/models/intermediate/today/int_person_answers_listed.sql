-- one row per person, attribute and value from what they answered, asked for or recommended
with

scores as (
    select * from {{ ref('int_person_scores_known') }}
),

tickets as (
    select * from {{ ref('int_person_tickets_known') }}
    where person_id is not null
),

referrals as (
    select * from {{ ref('int_referrals_resolved') }}
    where not is_self_referral and referred_person_id is not null
),

solved as (
    select
        *,
        {{ days_between('solved_at', as_of()) }} as days_since
    from tickets
    where is_solved and recency = 1
),

numbers as (
    select
        person_id,
        'last_' || survey_type as attribute,
        score as value_number
    from scores
    union all
    select
        person_id,
        'days_since_' || survey_type as attribute,
        days_since as value_number
    from scores
    union all
    select
        person_id,
        'days_since_survey' as attribute,
        min(days_since) as value_number
    from scores
    group by person_id
    union all
    select
        person_id,
        'days_since_ticket_solved' as attribute,
        days_since as value_number
    from solved
    union all
    select
        person_id,
        'last_ticket_satisfaction' as attribute,
        satisfaction as value_number
    from solved
),

texts as (
    select distinct
        person_id,
        'open_ticket_priority' as attribute,
        coalesce(priority, 'none') as value_text
    from tickets
    where not is_solved
    union all
    select distinct
        person_id,
        'open_ticket_category' as attribute,
        coalesce(category, 'none') as value_text
    from tickets
    where not is_solved
    union all
    select distinct
        person_id,
        'has_open_ticket' as attribute,
        'true' as value_text
    from tickets
    where not is_solved
    union all
    select distinct
        referred_person_id as person_id,
        'was_referred' as attribute,
        'true' as value_text
    from referrals
    where occurred_at < {{ as_of() }}
),

listed as (
    select
        person_id,
        attribute,
        cast(null as varchar(255)) as value_text,
        cast(value_number as decimal(18, 6)) as value_number
    from numbers
    where value_number is not null
    union all
    select
        person_id,
        attribute,
        value_text,
        cast(null as decimal(18, 6)) as value_number
    from texts
)

select * from listed
