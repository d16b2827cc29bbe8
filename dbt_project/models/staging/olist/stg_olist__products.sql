-- one row per version of a product; its category in English where the translation knows it
with

products as (
    select * from {{ source('olist', 'products') }}
),

translations as (
    {{ latest_rows(source('olist', 'product_category_translation'), ['product_category_name']) }}
),

translated as (
    select
        products.*,
        coalesce(
            translations.product_category_name_english, products.product_category_name
        ) as category
    from products
    left join translations
        on products.product_category_name = translations.product_category_name
),

typed as (
    select
        -- ids
        product_id,
        -- text
        cast(null as varchar(255)) as name,
        category,
        'BRL' as currency,
        -- numbers
        cast(null as decimal(18, 4)) as price,
        cast(null as decimal(18, 4)) as cost,
        -- load
        {{ load_columns('products', key=['product_id']) }}
    from translated
)

select * from typed
