-- one row per version of a post, video, podcast or page and day, typed
with

raw_rows as (
    select * from {{ source('files', 'content_days') }}
),

typed as (
    select
        -- ids
        lower(trim(platform)) as platform,
        content_id,
        -- text
        content_name,
        lower(trim(content_kind)) as content_kind,
        lower(trim(topic)) as topic,
        -- numbers
        {{ try_integer('impressions') }} as impressions,
        {{ try_integer('interactions') }} as interactions,
        {{ try_integer('shares') }} as shares,
        {{ try_integer('plays') }} as plays,
        {{ try_integer('plays_half') }} as plays_half,
        {{ try_integer('followers') }} as followers,
        -- dates and timestamps
        {{ try_date('date') }} as activity_date,
        -- load
        {{ load_columns('content_days', key=['platform', 'content_id', 'date']) }}
    from raw_rows
)

select * from typed
