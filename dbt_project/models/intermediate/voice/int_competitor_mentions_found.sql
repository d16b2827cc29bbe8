-- one row per touchpoint or record and competitor named in it: by whom, when, in which records
with

answers as (
    select * from {{ ref('int_answers_placed') }}
),

subjects as (
    select * from {{ ref('int_subjects_said') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

competitors as (
    select * from {{ ref('int_competitors_spelled') }}
),

statements as (
    select
        statement_id,
        touchpoint_id,
        source_system,
        account_id,
        person_id,
        {{ words_of_text("coalesce(verbatim, '') || ' ' || coalesce(competitor, '')") }} as words,
        answered_at
    from answers
    union all
    select
        subjects.statement_id,
        records.touchpoint_id,
        subjects.source_system,
        coalesce(touchpoints.account_id, keys.account_id, subjects.account_key) as account_id,
        touchpoints.person_id,
        {{ words_of_text('subjects.subject') }} as words,
        subjects.answered_at
    from subjects
    left join records
        on subjects.statement_id = records.record_id
    left join touchpoints
        on records.touchpoint_id = touchpoints.touchpoint_id
    left join keys
        on subjects.account_key = keys.account_key
),

-- what two records say of one touchpoint is said once
found as (
    select
        min(statements.statement_id) as statement_id,
        min(statements.touchpoint_id) as touchpoint_id,
        min(statements.source_system) as source_system,
        min(statements.account_id) as account_id,
        min(statements.person_id) as person_id,
        competitors.name as competitor,
        min(statements.answered_at) as answered_at
    from statements
    inner join competitors
        on position(competitors.words in statements.words) > 0
    group by coalesce(statements.touchpoint_id, statements.statement_id), competitors.name
),

dated as (
    select
        *,
        'named' as outcome,
        'unknown' as reason,
        cast(date_trunc('quarter', {{ local_date('answered_at') }}) as date) as quarter,
        cast(null as decimal(18, 2)) as value
    from found
)

select * from dated
