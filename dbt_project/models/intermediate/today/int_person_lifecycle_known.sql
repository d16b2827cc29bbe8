-- one row per state a person came into by as_of; the last one is where they are
with

moved as (
    select * from {{ ref('int_person_lifecycle_moved') }}
),

known as (
    select
        person_id,
        account_id,
        lifecycle,
        previous_lifecycle,
        lifecycle_rank,
        is_recycle,
        entered_at,
        case when exited_at < {{ as_of() }} then exited_at end as exited_at,
        rule_id,
        rule_version,
        evidence_type,
        evidence_id
    from moved
    where entered_at < {{ as_of() }}
)

select * from known
