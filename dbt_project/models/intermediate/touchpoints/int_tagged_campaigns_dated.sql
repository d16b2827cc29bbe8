-- one row per campaign that touchpoints are tagged with: its channel, first and last use
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where campaign_id is not null and not is_bot
),

tagged as (
    select
        campaign_id,
        {{ min_by('channel', 'touchpoint_id') }} as channel,
        {{ min_by('channel_rule_id', 'touchpoint_id') }} as channel_rule_id,
        min(occurred_at) as first_used_at,
        max(occurred_at) as last_used_at
    from touchpoints
    group by campaign_id
)

select * from tagged
