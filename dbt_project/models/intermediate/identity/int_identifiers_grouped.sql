-- one row per identifier with all that hangs together with it, before anything is parted
{# a view: it only brings labels beside identifiers, for the three models after it #}
{{ config(materialized='view') }}
with

identifiers as (
    select * from {{ ref('int_identifiers_guarded') }}
),

labels as (
    select * from {{ ref('int_guarded_identifiers_labelled') }}
),

declared as (
    select * from {{ ref('int_declared_identifiers_labelled') }}
),

links as (
    select * from {{ ref('int_identity_links_declared') }}
),

-- where rows say both one human and two, what is said to be one counts as evidence only
contradicted as (
    select distinct declared.component
    from links
    inner join identifiers as left_ends
        on links.left_identifier_id = left_ends.identifier_id
    inner join declared
        on left_ends.node = declared.node
    inner join identifiers as right_ends
        on links.right_identifier_id = right_ends.identifier_id
    inner join declared as others
        on right_ends.node = others.node
        and declared.component = others.component
    where links.action = 'unlink'
),

grouped as (
    select
        identifiers.*,
        case
            when identifiers.stands_alone then identifiers.node
            else coalesce(labels.component, identifiers.strong_node)
        end as group_node,
        case
            when contradicted.component is null then coalesce(declared.component, identifiers.node)
            else identifiers.node
        end as human_node
    from identifiers
    left join labels
        on identifiers.strong_node = labels.node
    left join declared
        on identifiers.node = declared.node
    left join contradicted
        on declared.component = contradicted.component
)

select * from grouped
