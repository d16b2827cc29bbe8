-- one row per source table: how many touchpoints it leads have a person and an account
with

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

told as (
    select
        records.source_system,
        records.source_table,
        records.touchpoint_id,
        max(case when records.is_primary then 1 else 0 end) as leads
    from records
    group by records.source_system, records.source_table, records.touchpoint_id
),

counted as (
    select
        told.source_system,
        told.source_table,
        count(*) as touchpoint_count,
        count(touchpoints.person_id) as person_numerator,
        count(persons.person_id) as known_person_numerator,
        count(touchpoints.account_id) as account_numerator,
        sum(case when touchpoints.is_bot then 1 else 0 end) as bot_count
    from told
    inner join touchpoints
        on told.touchpoint_id = touchpoints.touchpoint_id
    left join persons
        on touchpoints.person_id = persons.person_id
    where told.leads = 1
    group by told.source_system, told.source_table
),

covered as (
    select
        source_system,
        source_table,
        touchpoint_count,
        cast(bot_count as bigint) as bot_count,
        person_numerator,
        known_person_numerator,
        account_numerator,
        {{ ratio('person_numerator', 'touchpoint_count') }} as person_rate,
        {{ ratio('known_person_numerator', 'touchpoint_count') }} as known_person_rate,
        {{ ratio('account_numerator', 'touchpoint_count') }} as account_rate
    from counted
)

select * from covered
