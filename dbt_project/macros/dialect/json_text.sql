{# text of a field of JSON text, null where the text is no JSON; json_extract would return it quoted on DuckDB,
   and Spark would read single quotes and whatever follows the object #}
{% macro json_text(column, key) %}{{ return(adapter.dispatch('json_text')(column, key)) }}{% endmacro %}
{% macro duckdb__json_text(column, key) -%}
    case when json_valid({{ column }}) then json_extract_string({{ column }}, '$.{{ key }}') end
{%- endmacro %}
{% macro spark__json_text(column, key) -%}
    case
        when {{ column }} rlike '[}]\\s*$'
            and from_json({{ column }}, 'map<string,string>', map('allowSingleQuotes', 'false')) is not null
            then get_json_object({{ column }}, '$.{{ key }}')
    end
{%- endmacro %}
