-- one row per conversion, model and credited touchpoint; without any, one row without a touchpoint
{%- set look = ['conversion_id', 'window_opened_at', 'ignored_channels', 'weighted_as'] %}
with

windows as (
    select * from {{ touched(ref('int_conversion_windows_opened')) }}
),

touchpoints_of_conversions as (
    select * from {{ touched(ref('int_conversion_paths_built')) }}
),

conversions as (
    select * from {{ touched(ref('int_conversions_unioned')) }}
),

weights as (
    select * from {{ ref('attribution_weights') }}
    where is_active
),

-- what is lost without a channel is told of channels, not of a conversion
models as (
    select
        *,
        half_life_days is null and weighted_as = '' and method = 'weights' as is_typical
    from ({{ models_by_kind('windows') }}) as by_kind
    where method <> 'removal_effect'
),

-- windows with anchors and without look at the same touchpoints
looks as (
    {{ distinct_keys('windows', look, 'look_key') }}
),

looking as (
    select
        windows.*,
        looks.look_key,
        conversions.amount
    from windows
    inner join looks
        on {{ same_columns('windows', 'looks', look) }}
    inner join conversions
        on windows.conversion_id = conversions.conversion_id
),

seen as (
    {{ seen_touchpoints('looks', 'touchpoints_of_conversions', 'weights') }}
),

paths as (
    {{ path_positions('seen') }}
),

sketched as (
    {{ path_sketches('looking', 'paths') }}
),

typical as (
    {{ credits_by_sketch('sketched', 'models', 'paths') }}
),

single as (
    {{ credits_by_path('sketched', 'models', 'paths') }}
),

credits as (
    select * from typical
    union all
    select * from single
),

weighted as (
    select
        conversion_id,
        model_id,
        touchpoint_id,
        channel,
        campaign_id,
        cast(cast(credit_billionths as decimal(10, 0)) * 0.000000001 as decimal(18, 9)) as credit,
        cast(cast(cents as decimal(18, 0)) * 0.01 as decimal(18, 2)) as credited_amount
    from credits
)

select * from weighted
