-- one row per change of a published person's id: what it was, what it became, what it is now
with

history as (
    select * from {{ source('raw_ops', 'person_changes') }}
),

found as (
    select * from {{ ref('int_person_changes_found') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

unioned as (
    select
        old_person_id,
        new_person_id,
        changed_at,
        reason
    from history
    union all
    select
        old_person_id,
        new_person_id,
        changed_at,
        reason
    from found
),

changes as (
    select
        old_person_id,
        new_person_id,
        changed_at,
        min(reason) as reason
    from unioned
    group by old_person_id, new_person_id, changed_at
),

aliases as (
    select
        changes.old_person_id,
        changes.new_person_id,
        coalesce(own.person_id, heirs.person_id) as current_person_id,
        changes.reason,
        coalesce(own.person_id <> changes.old_person_id, true) as is_retired,
        changes.changed_at
    from changes
    left join clusters as own
        on changes.old_person_id = own.identifier_id
    left join clusters as heirs
        on changes.new_person_id = heirs.identifier_id
)

select * from aliases
