-- one row per measure of items bought, scope and month
with

items as (
    select
        *,
        {{ local_month('ordered_at') }} as month
    from {{ ref('int_order_items_priced') }}
),

measures as (
    {{ list_measures(
        relation='items',
        month='month',
        scopes={'all': "'all'", 'category': 'category', 'product_id': 'product_id'},
        measures={
            'items_sold': 'sum(quantity)',
            'item_amount': 'sum(item_amount)',
            'item_costed_amount': 'sum(case when cost_amount is not null then item_amount end)',
            'item_margin_amount': 'sum(item_amount - cost_amount)',
        },
    ) }}
)

select * from measures
