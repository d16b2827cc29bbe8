{# stable text key: the given expressions joined by '|', null as nothing, hashed #}
{% macro surrogate_key(expressions) -%}
    md5(
        {%- for expression in expressions -%}
            coalesce(cast({{ expression }} as varchar(65535)), '')
            {%- if not loop.last %} || '|' || {% endif -%}
        {%- endfor -%}
    )
{%- endmacro %}

{# key of an identifier node; facts carry it, persons own it #}
{% macro identifier_id(type, issuer, value) -%}
    {{ surrogate_key([type, issuer, value]) }}
{%- endmacro %}

{# key of a company as one system knows it #}
{% macro account_key(system, account_id) -%}
    {{ surrogate_key([system, account_id]) }}
{%- endmacro %}
