{# parts of a URL by one regular expression each; both engines speak RE2-compatible syntax here #}
{% macro url_host(url) -%}
    nullif(regexp_extract(lower({{ url }}), '^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)', 1), '')
{%- endmacro %}
{% macro url_path(url) -%}
    nullif(regexp_extract({{ url }}, '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*(/[^?#]*)', 1), '')
{%- endmacro %}
{% macro url_query_value(url, key) -%}
    {{ url_decoded(
        "nullif(regexp_extract(split_part(" ~ url ~ ", '#', 1), '[?&]" ~ key ~ "=([^&]*)', 1), '')"
    ) }}
{%- endmacro %}
