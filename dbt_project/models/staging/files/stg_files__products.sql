-- one row per version of a product, typed
with

raw_rows as (
    select * from {{ source('files', 'products') }}
),

typed as (
    select
        -- ids
        product_id,
        -- text
        name,
        category,
        currency,
        -- numbers
        {{ try_number('price') }} as price,
        {{ try_number('cost') }} as cost,
        -- load
        {{ load_columns('products', key=['product_id']) }}
    from raw_rows
)

select * from typed
