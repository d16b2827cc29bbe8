{# an address without the plus tag of its local part: mia+news@acme.com is mia@acme.com #}
{% macro untagged_email(email) -%}
    case
        when position('+' in {{ email }}) between 2 and position('@' in {{ email }}) - 1
            then substring({{ email }}, 1, position('+' in {{ email }}) - 1)
                || substring({{ email }}, position('@' in {{ email }}))
        else {{ email }}
    end
{%- endmacro %}

{# what stands before and after the @ #}
{% macro email_local_part(email) -%}
    substring({{ email }}, 1, position('@' in {{ email }}) - 1)
{%- endmacro %}
{% macro email_domain(email) -%}
    substring({{ email }}, position('@' in {{ email }}) + 1)
{%- endmacro %}
