-- one row per account or person with custom attributes: all of them as JSON
with

chosen as (
    select * from {{ ref('int_custom_attributes_chosen') }}
),

spelled as (
    select
        entity,
        entity_id,
        attribute,
        coalesce(
            value_text,
            {{ plain_number('value_number') }},
            cast(value_date as varchar(40))
        ) as spelled_value
    from chosen
),

packed as (
    select
        entity,
        entity_id,
        {{ json_object_of('attribute', 'spelled_value') }} as custom_attributes
    from spelled
    group by entity, entity_id
)

select * from packed
