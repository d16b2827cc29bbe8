-- one row per record, row of custom_attributes and value stated there, typed as the row says
with

records as (
    select * from {{ ref('int_custom_records_listed') }}
),

rules as (
    select * from {{ ref('custom_attributes') }}
    where is_active
),

tables_asked as (
    select distinct
        entity,
        source_table
    from rules
),

fields as (
    select
        records.entity,
        records.entity_id,
        records.source_system,
        records.source_table,
        records.source_record_id,
        records.stated_at,
        {{ json_entries('records.raw_fields') }} as entry
    from records
    inner join tables_asked
        on records.entity = tables_asked.entity
        and records.source_table = tables_asked.source_table
),

asked as (
    select
        fields.entity,
        fields.entity_id,
        fields.source_system,
        fields.source_table,
        fields.source_record_id,
        fields.stated_at,
        rules.custom_id,
        rules.attribute,
        rules.value_type,
        trim({{ entry_value('fields.entry') }}) as stated
    from fields
    inner join rules
        on fields.entity = rules.entity
        and fields.source_table = rules.source_table
        and fields.source_system = coalesce(rules.system, fields.source_system)
        and lower({{ entry_key('fields.entry') }}) = lower(rules.source_column)
    where trim({{ entry_value('fields.entry') }}) <> ''
),

typed as (
    select
        entity,
        entity_id,
        custom_id,
        attribute,
        source_system,
        source_table,
        source_record_id,
        stated_at,
        case value_type
            when 'text' then stated
            when 'boolean' then lower(cast({{ try_boolean('stated') }} as varchar(5)))
        end as value_text,
        case when value_type = 'number' then {{ try_number('stated') }} end as value_number,
        case when value_type = 'date' then {{ try_date('stated') }} end as value_date
    from asked
)

select * from typed
