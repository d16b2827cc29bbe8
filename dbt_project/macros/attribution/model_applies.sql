{# whether a row of attribution_models credits conversions of a type: all of them where it names none #}
{% macro model_applies(models, conversion_type) -%}
    coalesce({{ list_has(models ~ '.conversion_types', conversion_type) }}, true)
{%- endmacro %}
