-- one row per model, conversion type and channel: the share of conversions lost without it
{# post_hook: the loop of doublings leaves its last scratch tables to the model that reads them #}
{{ config(post_hook=[
    "{{ drop_removals_scratch(this, 'visits') }}",
    "{{ drop_removals_scratch(this, 'parts') }}",
]) }}
{{ channel_removals(ref('int_channel_steps_counted')) }}
