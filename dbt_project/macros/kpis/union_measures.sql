{# query: the rows of several models of measures, of known values alone #}
{% macro union_measures(models) -%}
    {%- for model in models %}
    select * from {{ ref(model) }}
    where value is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
