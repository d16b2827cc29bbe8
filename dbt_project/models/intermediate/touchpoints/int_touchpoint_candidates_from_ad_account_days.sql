-- one row per company, campaign and day of an ad platform: what the company saw
with

ad_account_days as (
    select * from {{ ref('int_ad_account_days_placed') }}
),

channels as (
    select * from {{ ref('int_ad_account_days_channeled') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('ad_account_days', {
            'stated_account_id': 'ad_account_days.account_id',
            'campaign_id': 'ad_account_days.campaign_id',
            'content': 'ad_account_days.campaign_name',
            'content_type': 'ad_account_days.campaign_type',
            'channel': 'channels.channel',
            'quantity': 'coalesce(ad_account_days.impressions, 0)',
            'channel_rule_id': 'channels.channel_rule_id',
            'occurred_at': 'cast(ad_account_days.activity_date as timestamp)',
        }) }}
    from ad_account_days
    inner join types
        on {{ is_type_of('ad_account_days', 'ad_account_days') }}
    left join channels
        on ad_account_days.source_system = channels.source_system
        and ad_account_days.source_record_id = channels.source_record_id
)

select * from shaped
