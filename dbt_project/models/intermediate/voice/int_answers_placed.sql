-- one row per statement of a customer: what it says, about which touchpoint, in which stage
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

activities as (
    select * from {{ ref('int_activities_unified') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

places as (
    select * from {{ ref('int_touchpoints_sequenced') }}
),

said as (
    {{ statements() }}
),

-- a statement that two systems hold is one; the record that leads the touchpoint is quoted
found as (
    select
        said.*,
        records.touchpoint_id,
        row_number() over (
            partition by coalesce(records.touchpoint_id, said.statement_id)
            order by records.is_primary desc nulls last, said.statement_id asc
        ) as preference
    from said
    left join records
        on said.source_system = records.source_system
        and said.source_table = records.source_table
        and said.source_record_id = records.source_record_id
),

placed as (
    select
        -- keys
        found.statement_id,
        found.touchpoint_id,
        found.source_system,
        touchpoints.account_id,
        touchpoints.person_id,
        -- text
        found.answer_source,
        found.answer_kind,
        coalesce(touchpoints.touchpoint_type, 'none') as touchpoint_type,
        places.stage_at_touch,
        found.sentiment,
        found.competitor,
        found.verbatim,
        -- numbers
        found.score,
        -- timestamps
        found.answered_at
    from found
    left join touchpoints
        on found.touchpoint_id = touchpoints.touchpoint_id
    left join places
        on found.touchpoint_id = places.touchpoint_id
    where found.preference = 1
)

select * from placed
