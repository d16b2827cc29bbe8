{# what every staging model carries of its raw row: which record it is a version of, and where it came from.
   `key` lists the raw key columns, of which some may be empty; a row without any of them, or of a table without
   key, is its own record #}
{% macro load_columns(source_table, key=[]) -%}
    '{{ source_table }}' as source_table,
    {% if key | length > 1 -%}
    case
        when coalesce({{ key | join(', ') }}) is null then _row_id
        else concat_ws('|'{% for part in key %}, coalesce({{ part }}, ''){% endfor %})
    end as source_record_id,
    {%- elif key -%}
    coalesce({{ key[0] }}, _row_id) as source_record_id,
    {%- else -%}
    _row_id as source_record_id,
    {%- endif %}
    _batch_id,
    _source_file,
    _source_row
{%- endmacro %}

{# an address as it is compared: in lower case, without what stands around it; null where it is none #}
{% macro clean_email(column) -%}
    case
        when position('@' in {{ column }}) > 1
            then coalesce(nullif({{ address_in(column) }}, ''), lower(trim({{ column }})))
    end
{%- endmacro %}
