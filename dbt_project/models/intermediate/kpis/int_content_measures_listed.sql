-- one row per measure of own content, scope and month
with

content_days as (
    select * from {{ ref('int_content_days_ranked') }}
),

measures as (
    {{ list_measures(
        relation='content_days',
        month='month',
        scopes={
            'all': "'all'", 'platform': 'platform', 'content_kind': 'content_kind',
            'content': "platform || ':' || content_id",
        },
        measures={
            'content_impressions': 'sum(impressions)', 'content_interactions': 'sum(interactions)',
            'content_shares': 'sum(shares)', 'content_plays': 'sum(plays)',
            'content_plays_half': 'sum(plays_half)',
            'content_followers': 'sum(case when recency = 1 then followers end)',
        },
    ) }}
)

select * from measures
