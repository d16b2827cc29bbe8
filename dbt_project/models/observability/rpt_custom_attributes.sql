-- one row per row of custom_attributes: how many values it found, and how many cannot be read
with

rules as (
    select * from {{ ref('custom_attributes') }}
),

typed as (
    select
        *,
        coalesce(
            value_text, cast(value_number as varchar(40)), cast(value_date as varchar(40))
        ) is null as is_unreadable
    from {{ ref('int_custom_values_typed') }}
),

chosen as (
    select * from {{ ref('int_custom_attributes_chosen') }}
),

stated as (
    select
        custom_id,
        count(*) as value_count,
        sum(case when is_unreadable then 1 else 0 end) as unreadable_count
    from typed
    group by custom_id
),

believed as (
    select
        custom_id,
        count(*) as entity_count
    from chosen
    group by custom_id
),

counted as (
    select
        rules.custom_id,
        rules.source_table,
        rules.source_column,
        rules.entity,
        rules.attribute,
        rules.is_active,
        cast(coalesce(stated.value_count, 0) as bigint) as value_count,
        cast(coalesce(stated.unreadable_count, 0) as bigint) as unreadable_count,
        cast(coalesce(believed.entity_count, 0) as bigint) as entity_count
    from rules
    left join stated
        on rules.custom_id = stated.custom_id
    left join believed
        on rules.custom_id = believed.custom_id
)

select * from counted
