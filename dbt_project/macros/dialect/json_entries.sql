{# one row per field of JSON text of a flat object, as a struct of key and value; values are text.
   The parts are read by macros, since `entry.key` looks like a column of a table to a linter #}
{% macro json_entries(text) %}{{ return(adapter.dispatch('json_entries')(text)) }}{% endmacro %}
{% macro duckdb__json_entries(text) -%}
    unnest(map_entries(cast(cast({{ text }} as json) as map(varchar, varchar))))
{%- endmacro %}
{% macro spark__json_entries(text) -%}
    explode(map_entries(from_json({{ text }}, 'map<string,string>')))
{%- endmacro %}

{% macro entry_key(entry) %}{{ return(adapter.dispatch('entry_key')(entry)) }}{% endmacro %}
{% macro duckdb__entry_key(entry) -%} struct_extract({{ entry }}, 'key') {%- endmacro %}
{% macro spark__entry_key(entry) -%} {{ entry }}.key {%- endmacro %}
{% macro entry_value(entry) %}{{ return(adapter.dispatch('entry_value')(entry)) }}{% endmacro %}
{% macro duckdb__entry_value(entry) -%} struct_extract({{ entry }}, 'value') {%- endmacro %}
{% macro spark__entry_value(entry) -%} {{ entry }}.value {%- endmacro %}
