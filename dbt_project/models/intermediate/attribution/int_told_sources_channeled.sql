-- one row per person and source they say brought them, with the channel it means
with

persons as (
    select * from {{ ref('int_persons_survived') }}
),

answers as (
    select * from {{ ref('int_answers_placed') }}
    where answer_source = 'survey' and answer_kind = 'how_did_you_hear'
),

told as (
    select
        person_id,
        lower(trim(self_reported_source)) as told_source
    from persons
    where trim(self_reported_source) <> ''
    union
    select
        person_id,
        lower(trim(verbatim)) as told_source
    from answers
    where trim(verbatim) <> '' and person_id is not null
),

-- the rules of leads know what such words mean, whoever says them
statements as (
    select
        person_id,
        told_source,
        '' as source_system,
        {{ surrogate_key(['person_id', 'told_source']) }} as source_record_id
    from told
),

channels as (
    {{ channels_of('statements', scope='lead', texts=[('self_reported_source', 'told_source')]) }}
),

channeled as (
    select
        statements.person_id,
        statements.told_source,
        channels.channel as told_channel,
        channels.channel_rule_id
    from statements
    left join channels
        on statements.source_record_id = channels.source_record_id
)

select * from channeled
