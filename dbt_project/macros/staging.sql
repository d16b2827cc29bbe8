{# what every staging model carries of its raw row: which record it is a version of, and where it came from.
   `key` lists the raw key columns; a row with a part missing, or of a table without key, is its own record #}
{% macro load_columns(source_table, key=[]) -%}
    '{{ source_table }}' as source_table,
    {% if key -%}
    coalesce({{ key | join(" || '|' || ") }}, _row_id) as source_record_id,
    {%- else -%}
    _row_id as source_record_id,
    {%- endif %}
    _batch_id,
    _source_file,
    _source_row
{%- endmacro %}

{# an address as it is compared: trimmed, lower case; null where it is none #}
{% macro clean_email(column) -%}
    case when position('@' in {{ column }}) > 1 then lower(trim({{ column }})) end
{%- endmacro %}
