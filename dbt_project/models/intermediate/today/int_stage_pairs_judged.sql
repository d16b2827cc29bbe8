-- one row per account, stage it has entered and higher stage: was it watched for long enough
{%- set pair = ['motion', 'from_stage', 'to_stage'] %}
with

pairs as (
    select
        *,
        case when is_converted then days_to_convert else observed_days end as watched_days
    from {{ ref('int_stage_pairs_followed') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

curves as (
    {{ survival_curve('pairs', pair, 'watched_days', 'is_converted') }}
),

settled as (
    {{ settled_days('curves', pair) }}
),

-- where hardly anybody was seen to go on, nobody knows how long it takes
judged as (
    select
        pairs.*,
        settings.thin_below,
        coalesce(
            pairs.observed_days >= settled.settled_days
            and settled.event_count >= settings.thin_below,
            false
        ) as is_settled
    from pairs
    cross join settings
    left join settled
        on pairs.motion = settled.motion
        and pairs.from_stage = settled.from_stage
        and pairs.to_stage = settled.to_stage
)

select * from judged
