{# shares of models with weights of their own, times the weight and divided anew within the path; in 1e-15ths, because
   a sum of doubles depends on its order. `shared`: credit_shares of `path`.
   Returns a query: columns of path, position_in_path, share. #}
{% macro weighed_shares(shared, path) -%}
{%- set columns = (path + ['position_in_path']) | join(', ') -%}
with

weighed as (
    select
        *,
        cast(share * cast(weight as double) as decimal(28, 15)) as part
    from {{ shared }}
    where weighted_as <> ''
),

totalled as (
    select
        *,
        sum(part) over (partition by {{ path | join(', ') }}) as all_parts
    from weighed
)

select
    {{ columns }},
    share
from {{ shared }}
where weighted_as = ''
union all
select
    {{ columns }},
    cast(part as double) / cast(all_parts as double) as share
from totalled
where part > 0
{%- endmacro %}
