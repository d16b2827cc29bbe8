-- one row per measure of own content, scope and month
with

content_days as (
    select
        *,
        cast(date_trunc('month', activity_date) as date) as month
    from {{ ref('int_content_days_unified') }}
),

measures as (
    {{ list_measures(
        relation='content_days',
        month='month',
        scopes={
            'all': "'all'",
            'platform': 'platform',
            'content_kind': 'content_kind',
            'content': "platform || ':' || content_id",
        },
        measures={
            'content_impressions': 'sum(impressions)',
            'content_interactions': 'sum(interactions)',
            'content_shares': 'sum(shares)',
            'content_plays': 'sum(plays)',
            'content_plays_half': 'sum(plays_half)',
            'content_followers': 'sum(followers)',
        },
    ) }}
)

select * from measures
