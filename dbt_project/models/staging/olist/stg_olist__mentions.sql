-- one row per version of a review and seller of the order it is about: feedback to that seller
with

reviews as (
    select * from {{ source('olist', 'order_reviews') }}
),

sellers_of_orders as (
    select distinct
        order_id as reviewed_order_id,
        seller_id
    from {{ source('olist', 'order_items') }}
),

addressed as (
    select
        reviews.*,
        sellers_of_orders.seller_id
    from reviews
    inner join sellers_of_orders
        on reviews.order_id = sellers_of_orders.reviewed_order_id
),

typed as (
    select
        -- ids
        review_id || '|' || order_id || '|' || seller_id as mention_id,
        'olist' as platform,
        seller_id as account_id,
        -- text
        'review' as kind,
        cast(null as varchar(255)) as author_email,
        cast(null as varchar(255)) as author_name,
        cast(null as varchar(255)) as sentiment,
        cast(null as varchar(255)) as competitor,
        nullif(trim(review_comment_message), '') as mention_text,
        -- numbers
        {{ try_number('review_score') }} as rating,
        -- dates and timestamps
        {{ utc_of_local('review_answer_timestamp', 'America/Sao_Paulo') }} as posted_at,
        -- load
        {{ load_columns('order_reviews', key=['review_id', 'order_id', 'seller_id']) }}
    from addressed
)

select * from typed
