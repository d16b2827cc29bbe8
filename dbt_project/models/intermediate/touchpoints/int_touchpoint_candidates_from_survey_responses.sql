-- one row per answer to a survey; it stays with its person when the contact is deleted
with

survey_responses as (
    select * from {{ ref('int_survey_responses_unified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('survey_responses', {
            'identifier_id': first_identifier('survey_responses', ['contact_id', 'email']),
            'content': 'survey_responses.question',
            'content_type': 'survey_responses.survey_type',
            'score': 'survey_responses.score',
            'occurred_at': 'survey_responses.submitted_at',
        }) }}
    from survey_responses
    inner join types
        on {{ is_type_of('survey_responses', 'survey_responses') }}
)

select * from shaped
