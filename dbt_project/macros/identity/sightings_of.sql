{# query: one row per combination of identifiers that stand together on records of one table.
   `identifiers`: identifier type → column of `relation`; `seen_at`: expression of a timestamp. #}
{% macro sightings_of(relation, source_table, identifiers, seen_at) -%}
    select
        source_system,
        '{{ source_table }}' as source_table,
        {%- for identifier_type in identifier_columns() %}
        {{ identifiers.get(identifier_type, 'cast(null as varchar(255))') }}
            as {{ identifier_type }},
        {%- endfor %}
        min(source_record_id) as source_record_id,
        min({{ seen_at }}) as first_seen_at,
        max({{ seen_at }}) as last_seen_at
    from {{ relation }}
    where coalesce({{ identifiers.values() | join(', ') }}) is not null
    group by source_system, {{ identifiers.values() | join(', ') }}
{%- endmacro %}
