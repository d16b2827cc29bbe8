-- one row per group of identifiers that weaker evidence joins to others, with the oldest of them
{# post_hook: the loop of contraction leaves its last scratch table to the model that reads it #}
{{ config(post_hook="{{ drop_component_scratch(this) }}") }}
{{ label_components(ref('int_guarded_edges_numbered')) }}
