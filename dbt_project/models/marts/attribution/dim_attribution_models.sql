-- one row per attribution model and conversion type
with

applied as (
    {{ applied_models() }}
),

described as (
    select
        -- keys
        model_id,
        conversion_type,
        -- text
        {{ min_by('note', "coalesce(motion, '')") }} as description,
        min(method) as method,
        case when min(method) = 'weights' then {{ anchor_names() }} end as anchors,
        min(ignored_channels) as ignored_channels,
        min(anchor_type) as anchor_type,
        min(second_anchor_type) as second_anchor_type,
        {{ ordered_list(
            "coalesce(motion || ' ', '') || cast(cast(half_life_days as bigint) as varchar(40))"
        ) }} as half_life_days,
        -- numbers
        max(lookback_days) as lookback_days,
        cast(max(first_weight) as decimal(9, 6)) as first_weight,
        cast(max(last_weight) as decimal(9, 6)) as last_weight,
        cast(max(anchor_weight) as decimal(9, 6)) as anchor_weight,
        cast(max(second_anchor_weight) as decimal(9, 6)) as second_anchor_weight,
        cast(coalesce(max(conversions_weight), 0) as decimal(9, 6)) as conversions_weight,
        cast(max(others_weight) as decimal(9, 6)) as others_weight,
        max(min_conversions) as min_conversions,
        max(min_channels) as min_channels,
        -- booleans
        max(is_within_journey) as is_within_journey,
        max(weighted_as) is not null as is_weighted
    from applied
    group by model_id, conversion_type
)

select * from described
