-- one row per conversion, model and touchpoint of its path, with the exact share before rounding
{%- set same_path %}
        models.conversion_id = paths.conversion_id
        and models.window_opened_at = paths.window_opened_at
        and coalesce(models.ignored_channels, '') = paths.ignored_channels
        and coalesce(models.weighted_as, '') = paths.weighted_as
{%- endset %}
with

-- what is lost without a channel is told of channels, not of a conversion
models as (
    select * from {{ touched(ref('int_conversion_models_chosen')) }}
    where method <> 'removal_effect'
),

touchpoints_of_conversions as (
    select * from {{ touched(ref('int_conversion_paths_built')) }}
),

weights as (
    select * from {{ ref('attribution_weights') }}
    where is_active
),

-- most models look at the same touchpoints: what is counted along a path is counted once for them
windows as (
    select distinct
        conversion_id,
        window_opened_at,
        coalesce(ignored_channels, '') as ignored_channels,
        coalesce(weighted_as, '') as weighted_as
    from models
),

seen as (
    {{ seen_touchpoints('windows', 'touchpoints_of_conversions', 'weights') }}
),

paths as (
    {{ path_positions('seen') }}
),

anchors as (
    {{ anchor_positions('models', 'paths', same_path) }}
),

placed as (
    select
        models.*,
        paths.touchpoint_id,
        paths.channel,
        paths.campaign_id,
        paths.occurred_at,
        paths.position_in_path,
        paths.path_length,
        paths.last_touch_at,
        paths.channel_touches,
        paths.channel_count,
        paths.weight,
        anchors.anchor_position,
        anchors.second_anchor_position
    from models
    inner join paths
        on {{ same_path }}
    left join anchors
        on models.conversion_id = anchors.conversion_id
        and models.model_id = anchors.model_id
),

shared as (
    {{ credit_shares('placed') }}
),

weighed as (
    {{ weighed_shares('shared') }}
),

earned as (
    select * from weighed
    where share > 0
)

select * from earned
