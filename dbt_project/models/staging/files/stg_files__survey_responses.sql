-- one row per version of an answer to a survey, typed
with

raw_rows as (
    select * from {{ source('files', 'survey_responses') }}
),

typed as (
    select
        -- ids
        response_id,
        contact_id,
        -- text
        {{ clean_email('email') }} as email,
        lower(trim(survey_type)) as survey_type,
        question,
        answer,
        -- numbers
        {{ try_number('score') }} as score,
        -- dates and timestamps
        {{ try_timestamp('submitted_at') }} as submitted_at,
        -- load
        {{ load_columns('survey_responses', key=['response_id']) }}
    from raw_rows
)

select * from typed
