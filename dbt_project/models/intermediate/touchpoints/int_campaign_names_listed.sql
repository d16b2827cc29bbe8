-- one row per name a campaign goes by in tags: the campaign it means; an id weighs more than a name
with

ad_campaigns as (
    select * from {{ ref('int_ad_campaigns_channeled') }}
),

email_messages as (
    select * from {{ ref('int_email_messages_unified') }}
),

names as (
    select
        lower(campaign_id) as tag,
        campaign_id,
        campaign_type,
        1 as preference
    from ad_campaigns
    union all
    select
        lower(campaign_name) as tag,
        campaign_id,
        campaign_type,
        3 as preference
    from ad_campaigns
    union all
    select
        lower(campaign_id) as tag,
        campaign_id,
        cast(null as varchar(255)) as campaign_type,
        2 as preference
    from email_messages
    union all
    select
        lower(campaign_name) as tag,
        campaign_id,
        cast(null as varchar(255)) as campaign_type,
        4 as preference
    from email_messages
),

ranked as (
    select
        tag,
        campaign_id,
        campaign_type,
        row_number() over (
            partition by tag
            order by preference, campaign_id, campaign_type nulls last
        ) as choice
    from names
    where tag is not null and campaign_id is not null
),

listed as (
    select
        tag,
        campaign_id,
        campaign_type
    from ranked
    where choice = 1
)

select * from listed
