-- one row per human within what had to be parted, with the oldest it still hangs together with
{# post_hook: the loop of contraction leaves its last scratch table to the model that reads it #}
{{ config(post_hook="{{ drop_component_scratch(this) }}") }}
{{ part_components(ref('int_parted_edges_numbered'), ref('int_identity_anchors_listed')) }}
