{# each case once per slice: `slices` maps the name of a slice to an expression over `relation`. Cases without a value
   are left out, or stand under `unknown` where that is given, so that the values of a slice add up.
   Returns a query: the columns of the relation, slice_type, slice_value. #}
{% macro sliced(relation, slices, unknown=none) -%}
    {%- for slice, value in slices.items() %}
    select
        *,
        '{{ slice }}' as slice_type,
        {{ "coalesce(" ~ value ~ ", '" ~ unknown ~ "')" if unknown else value }} as slice_value
    from {{ relation }}
    {%- if not unknown %}
    where {{ value }} is not null
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
