-- one row per person and topic (a content type, product category or product) looked at in 30 days
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

bought as (
    select distinct
        person_id,
        lower(category) as category
    from {{ ref('int_person_items_listed') }}
    where category is not null
),

views as (
    select
        identifiers.person_id,
        web_events.content_type,
        lower(coalesce(web_events.category, products.category)) as category,
        web_events.source_system || '|' || web_events.product_id as product_key,
        web_events.occurred_at
    from web_events
    inner join identifiers
        on web_events.identifier_id = identifiers.identifier_id
    left join products
        on web_events.source_system = products.source_system
        and web_events.product_id = products.product_id
),

counted as (
    {%- for topic in ['content_type', 'category', 'product_key'] %}
    select
        person_id,
        '{{ topic }}' as topic_kind,
        {{ topic }} as topic,
        count(*) as view_count,
        sum(case when occurred_at >= {{ add_days(as_of(), -14) }} then 1 else 0 end)
            as view_count_14d,
        sum(case when occurred_at >= {{ add_days(as_of(), -7) }} then 1 else 0 end) as view_count_7d
    from views
    where {{ topic }} is not null
    group by person_id, {{ topic }}
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

known as (
    select
        counted.*,
        bought.category is not null as is_bought
    from counted
    left join bought
        on counted.person_id = bought.person_id
        and counted.topic = bought.category
        and counted.topic_kind = 'category'
)

select * from known
