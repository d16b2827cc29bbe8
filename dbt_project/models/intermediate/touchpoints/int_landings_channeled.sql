-- one row per distinct landing: its channel and the rule that chose it, first match wins
with

landings as (
    select * from {{ ref('int_landings_listed') }}
),

categories as (
    select * from {{ ref('int_source_names_categorised') }}
),

channels as (
    select * from {{ ref('channels') }}
    where is_active
),

described as (
    select
        landings.landing_key,
        landings.source_system,
        landings.source,
        landings.medium,
        landings.campaign,
        landings.campaign_id,
        landings.campaign_type,
        landings.ad_platform,
        landings.click_ids,
        case when not coalesce(referrers.is_ignored, false) then landings.referrer_host end
            as referrer_host,
        sources.category as source_category,
        referrers.category as referrer_category
    from landings
    left join categories as sources
        on landings.source = sources.name
    left join categories as referrers
        on landings.referrer_host = referrers.name
),

attributes as (
    {{ listed_attributes('described', 'landing_key', texts=[
        ('source_system', 'source_system'),
        ('source', 'source'),
        ('medium', 'medium'),
        ('campaign', 'campaign'),
        ('ad_platform', 'ad_platform'),
        ('ad_campaign', 'case when ad_platform is not null then campaign_id end'),
        ('campaign_type', 'campaign_type'),
        ('source_category', 'source_category'),
        ('referrer_host', 'referrer_host'),
        ('referrer_category', 'referrer_category'),
    ]) }}
    union all
    {{ listed_attributes('described', 'landing_key', texts=click_id_texts('click_ids')) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('channel_rules'), 'attributes', scope='landing') }}
),

channeled as (
    select
        described.landing_key,
        deciding_rules.result as channel,
        deciding_rules.rule_id as channel_rule_id,
        coalesce(described.source, described.referrer_host) as source,
        described.medium,
        described.campaign,
        coalesce(described.campaign_id, described.campaign) as campaign_id,
        split_part(described.click_ids, '|', 2) as click_id_type,
        described.referrer_host,
        coalesce(channels.is_direct, false) as is_direct
    from described
    left join deciding_rules
        on described.landing_key = deciding_rules.entity_id
    left join channels
        on deciding_rules.result = channels.channel
)

select * from channeled
