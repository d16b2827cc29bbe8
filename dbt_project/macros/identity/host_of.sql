{# host of a domain or website field as people fill it: with or without scheme, path or capitals #}
{% macro host_of(text) -%}
    coalesce(
        {{ url_host('trim(' ~ text ~ ')') }},
        nullif(regexp_extract(lower(trim({{ text }})), '^([a-z0-9.-]+[.][a-z0-9-]+)', 1), '')
    )
{%- endmacro %}
