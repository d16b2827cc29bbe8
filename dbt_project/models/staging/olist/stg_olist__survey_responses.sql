-- one row per version of a review, in the shape of an answer: what the shopper says when asked
with

reviews as (
    select * from {{ source('olist', 'order_reviews') }}
),

orders as (
    {{ latest_rows(source('olist', 'orders'), ['order_id']) }}
),

customers as (
    {{ latest_rows(source('olist', 'customers'), ['customer_id']) }}
),

shoppers as (
    select
        orders.order_id as reviewed_order_id,
        customers.customer_unique_id as shopper_id
    from orders
    inner join customers
        on orders.customer_id = customers.customer_id
),

typed as (
    select
        -- ids
        reviews.review_id || '|' || reviews.order_id as response_id,
        shoppers.shopper_id as contact_id,
        -- text
        cast(null as varchar(255)) as email,
        'csat' as survey_type,
        cast(null as varchar(255)) as question,
        nullif(
            concat_ws(
                ': ',
                nullif(trim(reviews.review_comment_title), ''),
                nullif(trim(reviews.review_comment_message), '')
            ), ''
        ) as answer,
        -- numbers
        {{ try_number('reviews.review_score') }} as score,
        -- dates and timestamps
        {{ utc_of_local('reviews.review_answer_timestamp', 'America/Sao_Paulo') }} as submitted_at,
        -- load
        {{ load_columns('order_reviews', key=['review_id', 'order_id']) }}
    from reviews
    left join shoppers
        on reviews.order_id = shoppers.reviewed_order_id
)

select * from typed
