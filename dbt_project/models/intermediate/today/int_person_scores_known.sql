-- one row per person and kind of survey they gave a score in: the latest
with

answers as (
    {{ resolved_records('survey_responses', columns=['survey_type', 'score', 'submitted_at']) }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id, survey_type
            order by submitted_at desc, source_system asc, source_record_id asc
        ) as recency
    from answers
    where person_id is not null and score is not null
),

known as (
    select
        person_id,
        survey_type,
        score,
        submitted_at,
        {{ days_between('submitted_at', as_of()) }} as days_since
    from ranked
    where recency = 1
)

select * from known
