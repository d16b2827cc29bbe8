{# the identifiers a record may carry: column name = identifier type → expression of its issuer.
   An id that a system gave out is unique within that system only; addresses are the world's. #}
{% macro identifier_columns() -%}
    {{ return({
        'contact_id': 'source_system',
        'lead_id': 'source_system',
        'user_id': 'source_system',
        'email': "''",
        'email_sha256': "''",
        'phone': "''",
        'anonymous_id': 'source_system',
    }) }}
{%- endmacro %}
