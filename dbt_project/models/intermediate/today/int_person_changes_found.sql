-- one row per person id of the last publication and id that what it held has now instead
with

before as (
    select * from {{ source('raw_ops', 'person_map') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

moved as (
    select
        before.person_id as old_person_id,
        clusters.person_id as new_person_id,
        count(*) as identifier_count
    from before
    inner join clusters
        on before.identifier_id = clusters.identifier_id
    where before.person_id <> clusters.person_id
    group by before.person_id, clusters.person_id
),

-- where the identifier is that gave the old person its id; whether the new one was a person before
told as (
    select
        moved.*,
        own.person_id as own_person_id,
        row_number() over (
            partition by moved.old_person_id
            order by moved.identifier_count desc, moved.new_person_id asc
        ) as size_rank,
        known.person_id is not null as was_person
    from moved
    left join clusters as own
        on moved.old_person_id = own.identifier_id
    left join before as known
        on moved.new_person_id = known.identifier_id
        and moved.new_person_id = known.person_id
),

found as (
    select
        old_person_id,
        new_person_id,
        case
            when own_person_id <> new_person_id then 'split'
            when own_person_id is null and size_rank > 1 then 'split'
            when own_person_id is null then 'vanished'
            when was_person then 'merged'
            else 'older_identifier'
        end as reason,
        {{ as_of() }} as changed_at
    from told
)

select * from found
