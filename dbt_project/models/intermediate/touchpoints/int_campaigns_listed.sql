-- one row per campaign: as its ad platform or mail tool describes it, else as it is tagged
with

ad_campaigns as (
    select * from {{ ref('int_ad_campaigns_channeled') }}
),

email_messages as (
    select * from {{ ref('int_email_messages_unified') }}
),

tagged as (
    select * from {{ ref('int_tagged_campaigns_dated') }}
),

described as (
    select
        campaign_id,
        campaign_name,
        'ad' as campaign_kind,
        campaign_type,
        platform,
        channel,
        channel_rule_id,
        cast(first_day as timestamp) as first_used_at,
        cast(last_day as timestamp) as last_used_at,
        1 as preference
    from ad_campaigns
    union all
    select
        campaign_id,
        min(campaign_name) as campaign_name,
        'email' as campaign_kind,
        min(message_type) as campaign_type,
        min(source_system) as platform,
        cast(null as varchar(255)) as channel,
        cast(null as varchar(255)) as channel_rule_id,
        min(sent_at) as first_used_at,
        max(sent_at) as last_used_at,
        2 as preference
    from email_messages
    where campaign_id is not null
    group by campaign_id
    union all
    select
        campaign_id,
        campaign_id as campaign_name,
        'tag' as campaign_kind,
        cast(null as varchar(255)) as campaign_type,
        cast(null as varchar(255)) as platform,
        channel,
        channel_rule_id,
        first_used_at,
        last_used_at,
        3 as preference
    from tagged
),

ranked as (
    select
        *,
        row_number() over (
            partition by campaign_id
            order by preference, platform nulls last
        ) as choice
    from described
),

listed as (
    select
        ranked.campaign_id,
        ranked.campaign_name,
        ranked.campaign_kind,
        ranked.campaign_type,
        ranked.platform,
        coalesce(ranked.channel, tagged.channel) as channel,
        coalesce(ranked.channel_rule_id, tagged.channel_rule_id) as channel_rule_id,
        least(ranked.first_used_at, coalesce(tagged.first_used_at, ranked.first_used_at))
            as first_used_at,
        greatest(ranked.last_used_at, coalesce(tagged.last_used_at, ranked.last_used_at))
            as last_used_at
    from ranked
    left join tagged
        on ranked.campaign_id = tagged.campaign_id
    where ranked.choice = 1
)

select * from listed
