-- one row per click on an ad; a click of which only bots landed is one of a bot
with

ad_clicks as (
    select * from {{ ref('int_ad_clicks_described') }}
    where clicked_at is not null
),

channels as (
    select * from {{ ref('int_ad_clicks_channeled') }}
),

landings as (
    select
        click_id,
        min(case when is_bot then 1 else 0 end) = 1 as is_bot
    from {{ ref('int_sessions_channeled') }}
    where click_id is not null
    group by click_id
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('ad_clicks', {
            'identifier_id': first_identifier('ad_clicks', ['click_id']),
            'campaign_id': 'ad_clicks.campaign_id',
            'click_id': 'ad_clicks.click_id',
            'content': 'coalesce(ad_clicks.keyword, ad_clicks.campaign_name)',
            'content_type': 'ad_clicks.campaign_type',
            'channel': 'channels.channel',
            'channel_rule_id': 'channels.channel_rule_id',
            'is_bot': 'coalesce(landings.is_bot, false)',
            'occurred_at': 'ad_clicks.clicked_at',
        }) }}
    from ad_clicks
    inner join types
        on {{ is_type_of('ad_clicks', 'ad_clicks') }}
    left join channels
        on ad_clicks.source_system = channels.source_system
        and ad_clicks.source_record_id = channels.source_record_id
    left join landings
        on ad_clicks.click_id = landings.click_id
)

select * from shaped
