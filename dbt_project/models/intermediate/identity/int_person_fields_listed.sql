-- one row per person, field and record that states a value for it
with

records as (
    select * from {{ ref('int_person_records_unioned') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

listed as (
    {%- for field in person_fields() %}
    select
        person_id,
        '{{ field }}' as field,
        {{ field }} as value,
        source_table,
        source_system,
        source_record_id,
        is_deleted,
        updated_at
    from records
    where {{ field }} is not null
        {%- if field == 'email' %}
        and owns_email
        {%- endif %}
    union all
    {%- endfor %}
    select
        person_id,
        identifier_type as field,
        identifier_value as value,
        'identifiers' as source_table,
        source_system,
        identifier_id as source_record_id,
        false as is_deleted,
        last_seen_at as updated_at
    from clusters
    where identifier_type in ('email', 'phone')
)

select * from listed
