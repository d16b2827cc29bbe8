-- one row per person (or member without one), campaign and step they reached in it
with

steps as (
    select * from {{ ref('campaign_steps') }}
    where is_active
),

records as (
    {{ resolved_records('campaign_members', columns=[
        'campaign_id', 'campaign_type', 'status', 'occurred_at',
    ]) }}
),

members as (
    select
        *,
        coalesce(person_id, source_system || '|' || source_record_id) as member_key
    from records
),

-- a campaign is counted in the month in which people came, else in that of its last answer
campaigns as (
    select
        members.source_system,
        members.campaign_id,
        min(members.campaign_type) as campaign_type,
        min(case when steps.is_presence then members.occurred_at end) as held_at,
        max(members.occurred_at) as last_answer_at
    from members
    left join steps
        on members.status = steps.status
    group by members.source_system, members.campaign_id
),

reached as (
    select
        campaigns.source_system,
        campaigns.campaign_id,
        campaigns.campaign_type,
        {{ local_month('coalesce(campaigns.held_at, campaigns.last_answer_at)') }} as month,
        steps.step,
        members.member_key,
        min(members.person_id) as person_id,
        min(members.account_id) as account_id,
        min(members.occurred_at) as reached_at
    from members
    inner join campaigns
        on members.source_system = campaigns.source_system
        and members.campaign_id = campaigns.campaign_id
    inner join steps
        on members.status = steps.status
    group by
        campaigns.source_system,
        campaigns.campaign_id,
        campaigns.campaign_type,
        {{ local_month('coalesce(campaigns.held_at, campaigns.last_answer_at)') }},
        steps.step,
        members.member_key
)

select * from reached
