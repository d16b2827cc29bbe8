-- one row per version of a review, post or comment about us, typed
with

raw_rows as (
    select * from {{ source('files', 'mentions') }}
),

typed as (
    select
        -- ids
        mention_id,
        lower(trim(platform)) as platform,
        account_id,
        -- text
        lower(trim(kind)) as kind,
        {{ clean_email('author_email') }} as author_email,
        author_name,
        lower(trim(sentiment)) as sentiment,
        competitor,
        text as mention_text,
        -- numbers
        {{ try_number('rating') }} as rating,
        -- dates and timestamps
        {{ try_timestamp('posted_at') }} as posted_at,
        -- load
        {{ load_columns('mentions', key=['mention_id']) }}
    from raw_rows
)

select * from typed
