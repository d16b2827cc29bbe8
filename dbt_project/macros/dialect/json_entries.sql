{# one row per field of JSON text of a flat object, as a struct of key and value; values are text #}
{% macro json_entries(text) %}{{ return(adapter.dispatch('json_entries')(text)) }}{% endmacro %}
{% macro duckdb__json_entries(text) -%}
    unnest(map_entries(cast(cast({{ text }} as json) as map(varchar, varchar))))
{%- endmacro %}
{% macro spark__json_entries(text) -%}
    explode(map_entries(from_json({{ text }}, 'map<string,string>')))
{%- endmacro %}
