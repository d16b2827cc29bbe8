-- one row per answer of a survey, mention or rated ticket: what kind it is and the score it gives
with

surveys as (
    select * from {{ ref('int_survey_responses_unified') }}
),

mentions as (
    select * from {{ ref('int_mentions_unified') }}
),

tickets as (
    select * from {{ ref('int_tickets_unified') }}
),

answers as (
    select
        'survey' as answer_source,
        coalesce(survey_type, 'other') as answer_kind,
        cast(null as varchar(255)) as platform,
        score,
        submitted_at as answered_at
    from surveys
    union all
    select
        'mention' as answer_source,
        coalesce(kind, 'other') as answer_kind,
        platform,
        rating as score,
        posted_at as answered_at
    from mentions
    union all
    select
        'ticket' as answer_source,
        'rating' as answer_kind,
        channel as platform,
        satisfaction as score,
        coalesce(solved_at, created_at) as answered_at
    from tickets
    where satisfaction is not null
),

dated as (
    select
        *,
        {{ local_month('answered_at') }} as month
    from answers
)

select * from dated
