{# whole units that add up to a total exactly: every row gets the floor of its exact part, and the units left
   go one each to the largest remainders. Rounding row by row would lose or invent units.
   `exact`: exact part in units; `total`: units to give away per partition; `order_by`: total order of ties.
   Returns a query: all columns of the relation, and `units`. #}
{% macro largest_remainder(relation, exact, total, partition_by, order_by) -%}
    {%- set floored -%}
        select
            *,
            {{ exact }} as exact,
            cast(floor({{ exact }}) as bigint) as floored,
            {{ total }} as wanted
        from {{ relation }}
    {%- endset -%}
    {{ units_left_given(floored, 'floored.exact - floored.floored', partition_by, order_by) }}
{%- endmacro %}

{# the units that the floors leave, to the largest of what is left of each. `floored`: a query with `floored` and
   `wanted`. Returns a query: its columns, and `units`. #}
{% macro units_left_given(floored, remainder, partition_by, order_by) -%}
    select
        ranked.*,
        cast(
            ranked.floored + case
                when ranked.remainder_rank <= ranked.wanted - ranked.floored_sum then 1 else 0
            end as bigint
        ) as units
    from (
        select
            floored.*,
            sum(floored.floored) over (partition by {{ partition_by }}) as floored_sum,
            row_number() over (
                partition by {{ partition_by }}
                order by {{ remainder }} desc, {{ order_by }}
            ) as remainder_rank
        from (
            {{ floored }}
        ) as floored
    ) as ranked
{%- endmacro %}
