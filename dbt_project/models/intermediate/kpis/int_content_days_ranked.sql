-- one row per piece of own content and day, with its month and how late in it followers are told
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
)

select * from ranked
