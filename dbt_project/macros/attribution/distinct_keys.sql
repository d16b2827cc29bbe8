{# the different values of columns with a key for each that lives as long as the statement, see statement_key #}
{% macro distinct_keys(relation, columns, name) -%}
select
    *,
    {{ statement_key(columns) }} as {{ name }}
from (
    select distinct {{ columns | join(', ') }}
    from {{ relation }}
) as different
{%- endmacro %}
