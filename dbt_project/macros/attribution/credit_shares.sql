{# how one credit is divided over the touchpoints of a path. `placed`: per path, model and touchpoint the weights of the
   model, position_in_path, path_length, the positions of its anchors (0 for none), occurred_at, last_touch_at,
   is_conversion and conversion_touches: how many touchpoints of the path are conversions themselves.
   `path`: columns that tell path and model.
   Anchors hold what the model promises them; where one is missing the others get its part pro rata.
   By `equal_channels` each channel of the path gets the same, and its touchpoints the same of that.
   Returns a query: columns of path, position_in_path, weighted_as, weight, share. #}
{% macro credit_shares(placed, path) -%}
with

weighted as (
    select
        *,
        case when position_in_path = 1 then first_weight else 0 end
        + case when position_in_path = path_length then last_weight else 0 end
        + case when position_in_path = anchor_position then anchor_weight else 0 end
        + case when position_in_path = second_anchor_position then second_anchor_weight else 0 end
            as anchors_held,
        case when is_conversion then cast(conversions_weight as double) / conversion_touches else 0e0 end
            as conversions_held,
        first_weight + last_weight + anchor_weight + second_anchor_weight + conversions_weight
            as anchors_promised,
        -- every path has a first and a last touchpoint
        first_weight + last_weight
        + case when anchor_position > 0 then anchor_weight else 0 end
        + case when second_anchor_position > 0 then second_anchor_weight else 0 end
        + case when conversion_touches > 0 then conversions_weight else 0 end
            as anchors_present,
        {{ seconds_between('occurred_at', 'last_touch_at') }} as age_seconds,
        half_life_days * 86400 as half_life_seconds
    from {{ placed }}
),

-- halves with each half-life before the last touchpoint; in billionths: sums are exact
decayed as (
    select
        *,
        coalesce(
            cast(round(1000000000 * power(2, -1e0 * age_seconds / half_life_seconds)) as bigint),
            1000000000
        ) as decay
    from weighted
    where anchors_held > 0 or conversions_held > 0 or others_weight > 0
),

others as (
    select
        {{ path | join(', ') }},
        sum(case when anchors_held = 0 and conversions_held = 0 then decay else 0 end) as others_decay
    from decayed
    group by {{ path | join(', ') }}
),

-- anchors and others divide what was promised to them; where one side is missing the other has all
divided as (
    select
        decayed.*,
        others.others_decay,
        cast(anchors_promised + others_weight as double) as promised,
        case
            when others_decay > 0 and others_weight > 0 then cast(anchors_promised as double)
            else cast(anchors_promised + others_weight as double)
        end as anchors_part,
        case
            when anchors_present > 0 then cast(others_weight as double)
            else cast(anchors_promised + others_weight as double)
        end as others_part
    from decayed
    inner join others
        on {{ same_columns('decayed', 'others', path) }}
),

shared as (
    select
        {{ path | join(', ') }},
        position_in_path,
        weighted_as,
        weight,
        case
            when method = 'equal_channels' then 1e0 / (channel_count * channel_touches)
            when anchors_held > 0 or conversions_held > 0
                then (cast(anchors_held as double) + conversions_held)
                    / anchors_present * anchors_part / promised
            when others_weight > 0
                then cast(decay as double) / others_decay * others_part / promised
            else 0
        end as share
    from divided
)

select * from shared
{%- endmacro %}
