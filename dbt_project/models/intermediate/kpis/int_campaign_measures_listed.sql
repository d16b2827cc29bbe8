-- one row per measure of each type and step of campaigns, scope and month
with

reached as (
    select
        *,
        coalesce(campaign_type, 'other') || '_' || step as counted_as
    from {{ ref('int_campaign_steps_reached') }}
),

measures as (
    {{ list_measures(
        relation='reached',
        month='month',
        scopes={'all': "'all'", 'campaign': 'campaign_id'},
        measures={'members': 'count(*)', 'member_persons': 'count(distinct member_key)'},
        prefix='counted_as',
    ) }}
)

select * from measures
