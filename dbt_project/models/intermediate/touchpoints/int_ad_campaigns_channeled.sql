-- one row per campaign of an ad platform: latest name and type, channel, and the rule behind it
with

sightings as (
    select * from {{ ref('int_ad_campaign_sightings_unioned') }}
),

campaigns as (
    select
        platform,
        campaign_id,
        min(source_system) as source_system,
        {{ max_by('campaign_name', 'case when campaign_name is not null then sighting_order end') }}
            as campaign_name,
        {{ max_by('campaign_type', 'case when campaign_type is not null then sighting_order end') }}
            as campaign_type,
        min(sighted_on) as first_day,
        max(sighted_on) as last_day
    from sightings
    group by platform, campaign_id
),

keyed as (
    select
        *,
        {{ surrogate_key(['platform', 'campaign_id']) }} as ad_campaign_key
    from campaigns
),

attributes as (
    {{ listed_attributes('keyed', 'ad_campaign_key', texts=[
        ('source_system', 'source_system'),
        ('platform', 'platform'),
        ('campaign', 'campaign_id'),
        ('campaign', 'campaign_name'),
        ('campaign_type', 'campaign_type'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('channel_rules'), 'attributes', scope='ad') }}
),

channeled as (
    select
        keyed.platform,
        keyed.campaign_id,
        keyed.campaign_name,
        keyed.campaign_type,
        deciding_rules.result as channel,
        keyed.first_day,
        keyed.last_day,
        deciding_rules.rule_id as channel_rule_id
    from keyed
    left join deciding_rules
        on keyed.ad_campaign_key = deciding_rules.entity_id
)

select * from channeled
