-- one row per data-driven model, conversion type and channel; a refused model has one row of nobody
with

models as (
    select * from {{ ref('dim_attribution_models') }}
    where method <> 'weights'
),

steps as (
    select * from {{ ref('int_channel_steps_counted') }}
),

removals as (
    select * from {{ ref('int_channel_removals_solved') }}
),

credits as (
    select * from {{ ref('fct_attribution') }}
    where touchpoint_id is not null
),

conversions as (
    select * from {{ ref('fct_conversions') }}
),

samples as (
    {{ influence_samples('models', 'steps', 'conversions') }}
),

accepted as (
    select * from samples
    where not is_refused
),

removed as (
    {{ credits_by_removal('accepted', 'removals') }}
),

told as (
    {{ told_influences('samples', 'accepted', 'removed', 'credits', 'steps') }}
),

summed as (
    select
        model_id,
        conversion_type,
        channel,
        max(removal_effect) as removal_effect,
        sum(credited_conversions) as credited_conversions,
        sum(credited_amount) as credited_amount,
        sum(last_touch_conversions) as last_touch_conversions
    from told
    group by model_id, conversion_type, channel
),

influences as (
    select
        -- keys
        summed.model_id,
        summed.conversion_type,
        summed.channel,
        -- numbers
        cast(summed.removal_effect as decimal(9, 6)) as removal_effect,
        {{ ratio('summed.credited_conversions', 'samples.conversions') }} as share,
        cast(summed.credited_conversions as decimal(18, 9)) as credited_conversions,
        cast(summed.credited_amount as decimal(18, 2)) as credited_amount,
        cast(summed.last_touch_conversions as bigint) as last_touch_conversions,
        samples.conversions,
        samples.journeys,
        samples.null_journeys,
        samples.channel_count,
        -- booleans
        samples.is_refused,
        -- evidence
        samples.refusal_reason
    from summed
    inner join samples
        on summed.model_id = samples.model_id
        and summed.conversion_type = samples.conversion_type
)

select * from influences
