-- one row per step of a person in a campaign: invited, registered, attended and so on
with

campaign_members as (
    select * from {{ ref('int_campaign_members_unified') }}
    where occurred_at is not null
),

channels as (
    select * from {{ ref('int_campaign_members_channeled') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('campaign_members', {
            'identifier_id': first_identifier(
                'campaign_members', ['contact_id', 'lead_id', 'email']
            ),
            'campaign_id': 'campaign_members.campaign_id',
            'content': 'campaign_members.campaign_name',
            'content_type': 'campaign_members.campaign_type',
            'channel': 'channels.channel',
            'channel_rule_id': 'channels.channel_rule_id',
            'occurred_at': 'campaign_members.occurred_at',
        }) }}
    from campaign_members
    inner join types
        on {{ is_type_of('campaign_members', 'campaign_members') }}
    left join channels
        on campaign_members.source_system = channels.source_system
        and campaign_members.source_record_id = channels.source_record_id
)

select * from shaped
