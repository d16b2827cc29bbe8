-- one row per identifier that is called the same human as others, with the oldest of them
{# post_hook: the loop of contraction leaves its last scratch table to the model that reads it #}
{{ config(post_hook="{{ drop_component_scratch(this) }}") }}
{%- set declared_edges -%}
(
    select
        left_ends.node as left_node,
        right_ends.node as right_node
    from {{ ref('int_identity_links_declared') }} as declared
    inner join {{ ref('int_identifiers_numbered') }} as left_ends
        on declared.left_identifier_id = left_ends.identifier_id
    inner join {{ ref('int_identifiers_numbered') }} as right_ends
        on declared.right_identifier_id = right_ends.identifier_id
    where declared.action = 'link'
) as declared_edges
{%- endset %}
{{ label_components(declared_edges) }}
