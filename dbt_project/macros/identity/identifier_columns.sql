{# the identifiers a record may carry: column name = identifier type → expression of its issuer.
   An id that a system gave out is unique within that system only; addresses and clicks are
   the world's. #}
{% macro identifier_columns() -%}
    {{ return({
        'contact_id': 'source_system',
        'lead_id': 'source_system',
        'user_id': 'source_system',
        'email': "''",
        'email_sha256': "''",
        'phone': "''",
        'anonymous_id': 'source_system',
        'click_id': "''",
    }) }}
{%- endmacro %}

{# which identifier stands for a record: the first of those listed that it carries.
   `columns`: identifier type → column, for those that are not named after their type #}
{% macro first_identifier(record, identifier_types, columns={}) -%}
    case
        {%- for identifier_type in identifier_types %}
        {%- set column = record ~ '.' ~ columns.get(identifier_type, identifier_type) %}
        {%- set issuer = identifier_columns()[identifier_type] %}
        {%- if issuer == 'source_system' %}{% set issuer = record ~ '.source_system' %}{% endif %}
        when {{ column }} is not null
            then {{ identifier_id("'" ~ identifier_type ~ "'", issuer, column) }}
        {%- endfor %}
    end
{%- endmacro %}
