-- one row per measure of each touchpoint type, scope and month
with

touchpoints as (
    select
        *,
        {{ local_month('occurred_at') }} as month
    from {{ ref('int_touchpoints_resolved') }}
),

human_touchpoints as (
    select * from touchpoints
    where not is_bot
),

measures as (
    {{ list_measures(
        relation='human_touchpoints',
        month='month',
        scopes={'all': "'all'", 'channel': 'channel', 'campaign': 'campaign_id'},
        measures={
            'touchpoints': 'count(*)',
            'persons': 'count(distinct person_id)',
            'accounts': 'count(distinct account_id)',
        },
        prefix='touchpoint_type',
    ) }}
)

select * from measures
