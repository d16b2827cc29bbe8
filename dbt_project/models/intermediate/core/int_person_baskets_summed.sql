-- one row per buyer whose orders list their items: the size of a basket, and what is bought most
with

bought as (
    select * from {{ ref('int_person_items_listed') }}
),

kinds as (
    select
        person_id,
        'by_category' as kind,
        category as value,
        sum(quantity) as quantity
    from bought
    where category is not null
    group by person_id, category
    union all
    select
        person_id,
        'by_product' as kind,
        product as value,
        sum(quantity) as quantity
    from bought
    where product is not null
    group by person_id, product
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id, kind
            order by quantity desc, value asc
        ) as preference
    from kinds
),

favourites as (
    select
        person_id,
        max(case when kind = 'by_category' and preference = 1 then value end) as top_category,
        max(case when kind = 'by_product' and preference = 1 then value end) as top_product,
        {{ ordered_list("case when kind = 'by_category' then value end") }} as top_categories,
        {{ ordered_list("case when kind = 'by_product' then value end") }} as top_products
    from ranked
    where preference <= 3
    group by person_id
),

baskets as (
    select
        person_id,
        sum(quantity) as item_quantity,
        count(distinct source_record_id) as order_count
    from bought
    group by person_id
),

summed as (
    select
        baskets.person_id,
        {{ ratio('baskets.item_quantity', 'baskets.order_count', 'decimal(12, 4)') }}
            as average_basket_items,
        favourites.top_category,
        favourites.top_product,
        favourites.top_categories,
        favourites.top_products
    from baskets
    left join favourites
        on baskets.person_id = favourites.person_id
)

select * from summed
