{# query: one row per combination of identifiers that stand together on records of one table.
   `identifiers`: identifier type → column of `relation`; `first_seen`, `last_seen`: expressions. #}
{% macro sightings_of(relation, source_table, identifiers, first_seen, last_seen=none) -%}
    select
        source_system,
        '{{ source_table }}' as source_table,
        {%- for identifier_type in identifier_columns() %}
        {{ identifiers.get(identifier_type, 'cast(null as varchar(255))') }} as {{ identifier_type }},
        {%- endfor %}
        min(source_record_id) as source_record_id,
        min({{ first_seen }}) as first_seen_at,
        max({{ last_seen or first_seen }}) as last_seen_at
    from {{ relation }}
    where coalesce({{ identifiers.values() | join(', ') }}) is not null
    group by source_system, {{ identifiers.values() | join(', ') }}
{%- endmacro %}
