-- one row per segment, person as known now, moment they entered it, and whether as a hold-out
with

entries as (
    select * from {{ source('raw_ops', 'segment_entries') }}
),

changes as (
    select * from {{ source('raw_ops', 'person_changes') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
),

-- of an id that no identifier has any more: what became of it last
heirs as (
    select
        changes.old_person_id,
        clusters.person_id,
        row_number() over (
            partition by changes.old_person_id
            order by changes.changed_at desc nulls last, changes.new_person_id asc
        ) as preference
    from changes
    inner join clusters
        on changes.new_person_id = clusters.identifier_id
),

followed as (
    select
        entries.segment_id,
        coalesce(owners.person_id, heirs.person_id, entries.person_id) as person_id,
        entries.entered_at,
        entries.left_at,
        entries.is_held_out
    from entries
    left join clusters as owners
        on entries.person_id = owners.identifier_id
    left join heirs
        on entries.person_id = heirs.old_person_id
        and heirs.preference = 1
),

-- where two who became one entered at once, they leave when the later of them does
known as (
    select
        segment_id,
        person_id,
        entered_at,
        is_held_out,
        case when count(left_at) = count(*) then max(left_at) end as left_at
    from followed
    group by segment_id, person_id, entered_at, is_held_out
),

measured as (
    select
        known.*,
        coalesce(definitions.holdout_share, purposes.holdout_share, 0) > 0
        or 1 = max(case when known.is_held_out then 1 else 0 end)
            over (partition by known.segment_id) as is_measured
    from known
    left join definitions
        on known.segment_id = definitions.segment_id
    left join purposes
        on definitions.purpose = purposes.purpose
        and definitions.channel = purposes.channel
)

select * from measured
