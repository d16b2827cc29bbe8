{# shares of a whole in whole billionths, by largest remainder, the first touchpoints first. `shared`: credit_shares or
   weighed_shares of `path`. Returns a query: columns of path, position_in_path, credit_billionths; without nothings. #}
{% macro billionths_of(shared, path) -%}
select
    {{ path | join(', ') }},
    position_in_path,
    units as credit_billionths
from (
    {{ largest_remainder(
        relation=shared,
        exact='share * 1000000000',
        total='1000000000',
        partition_by=path | join(', '),
        order_by='position_in_path',
    ) }}
) as billionths
where units > 0
{%- endmacro %}
