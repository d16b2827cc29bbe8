{# the attributes of a person that records may state, and the column of each table that does #}
{% macro person_fields() -%}
    {{ return({
        'email': {'contacts': 'email', 'leads': 'email'},
        'first_name': {'contacts': 'first_name', 'leads': 'first_name'},
        'last_name': {'contacts': 'last_name', 'leads': 'last_name'},
        'phone': {'contacts': 'phone', 'leads': 'phone'},
        'title': {'contacts': 'title', 'leads': 'title'},
        'department': {'contacts': 'department'},
        'country': {'contacts': 'country', 'leads': 'country'},
        'city': {'contacts': 'city'},
        'language': {'contacts': 'language', 'leads': 'language'},
        'timezone': {'contacts': 'timezone'},
        'birth_date': {'contacts': 'birth_date'},
        'gender': {'contacts': 'gender'},
        'lead_source': {'contacts': 'lead_source', 'leads': 'lead_source'},
        'self_reported_source': {
            'contacts': 'self_reported_source', 'leads': 'self_reported_source',
        },
        'company_name': {'leads': 'company'},
    }) }}
{%- endmacro %}

{# select list: the fields of a table in the order of person_fields, null where it has none #}
{% macro person_field_columns(source_table) -%}
    {%- for field, columns in person_fields().items() %}
        {%- set column = columns.get(source_table) %}
        {%- if column %}
        nullif(trim(cast({{ column }} as varchar(65535))), '') as {{ field }},
        {%- else %}
        cast(null as varchar(65535)) as {{ field }},
        {%- endif %}
    {%- endfor %}
{%- endmacro %}
