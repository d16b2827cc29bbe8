-- one row per person and topic (a content type or a product category) looked at in the last 30 days
with

web_events as (
    select * from {{ ref('int_web_events_judged') }}
    where not is_bot and occurred_at >= {{ add_days(as_of(), -30) }}
),

products as (
    select * from {{ ref('int_products_unified') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

views as (
    select
        identifiers.person_id,
        web_events.content_type,
        lower(coalesce(web_events.category, products.category)) as category,
        count(*) as view_count
    from web_events
    inner join identifiers
        on web_events.identifier_id = identifiers.identifier_id
    left join products
        on web_events.source_system = products.source_system
        and web_events.product_id = products.product_id
    group by
        identifiers.person_id,
        web_events.content_type,
        lower(coalesce(web_events.category, products.category))
),

counted as (
    select
        person_id,
        'content_type' as topic_kind,
        content_type as topic,
        sum(view_count) as view_count
    from views
    where content_type is not null
    group by person_id, content_type
    union all
    select
        person_id,
        'category' as topic_kind,
        category as topic,
        sum(view_count) as view_count
    from views
    where category is not null
    group by person_id, category
)

select * from counted
