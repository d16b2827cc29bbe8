{# key of the identifier that one side of a row of identity_links names; addresses in any capitals.
   `side`: left or right #}
{% macro declared_identifier(side) -%}
    {%- set value -%}
        case
            when {{ side }}_type in ('email', 'email_sha256') then lower(trim({{ side }}_value))
            else trim({{ side }}_value)
        end
    {%- endset -%}
    {{ identifier_id(side ~ '_type', side ~ '_issuer', value) }}
{%- endmacro %}
