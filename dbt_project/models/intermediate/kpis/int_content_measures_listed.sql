-- one row per measure of own content, scope and month
with

content_days as (
    select
        *,
        cast(date_trunc('month', activity_date) as date) as month
    from {{ ref('int_content_days_unified') }}
),

-- followers are counted as they stand: a month has those of its last day that tells them
ranked as (
    select
        *,
        row_number() over (
            partition by platform, content_id, month
            order by
                case when followers is null then 1 else 0 end asc,
                activity_date desc,
                source_system asc,
                source_record_id asc
        ) as recency
    from content_days
),

measures as (
    {{ list_measures(
        relation='ranked',
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
