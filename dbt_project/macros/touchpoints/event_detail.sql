{# what tells two web events of one name apart: the form that was sent #}
{% macro event_detail() -%}
    case when properties is not null then coalesce(lower({{ json_text('properties', 'form') }}), '') else '' end
{%- endmacro %}
