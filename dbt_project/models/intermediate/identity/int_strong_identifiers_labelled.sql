-- one row per strong identifier that hangs together with others, with the oldest of them
{# post_hook: the loop of contraction leaves its last scratch table to the model that reads it #}
{{ config(post_hook="{{ drop_component_scratch(this) }}") }}
{{ label_components(ref('int_strong_edges_numbered')) }}
