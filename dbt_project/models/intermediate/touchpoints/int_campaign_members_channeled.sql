-- one row per campaign member whose campaign a channel rule knows by type and name
with

campaign_members as (
    select * from {{ ref('int_campaign_members_unified') }}
),

channeled as (
    {{ channels_of('campaign_members', scope='campaign', texts=[
        ('campaign_type', 'campaign_type'),
        ('campaign', 'campaign_name'),
    ]) }}
)

select * from channeled
