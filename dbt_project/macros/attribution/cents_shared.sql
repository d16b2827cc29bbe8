{# an amount in whole cents shared out by credits in whole billionths that sum to 1, to the cent. In bigint, which a
   product of the two would leave: cents = high * 10^9 + low, so that no part is beyond 10^18. Below nothing `high`
   is one less and `low` stays positive: the floor is the floor. `cents` and `billionths`: bigint columns.
   Returns a query: all columns of the relation, and `units`, the cents; null where the amount is. #}
{% macro cents_shared(relation, cents, billionths, partition_by, order_by) -%}
    {%- set floored -%}
        select
            *,
            {{ cents }} as wanted,
            high * {{ billionths }} + {{ whole_quotient('low * ' ~ billionths, '1000000000') }}
                as floored,
            (low * {{ billionths }}) % 1000000000 as remainder
        from (
            select
                *,
                {{ cents }} - high * 1000000000 as low
            from (
                select
                    *,
                    {{ whole_quotient(cents, '1000000000') }}
                    - case when {{ cents }} < 0 then 1 else 0 end as high
                from {{ relation }}
            ) as high_parts
        ) as both_parts
    {%- endset -%}
    {{ units_left_given(floored, 'floored.remainder', partition_by, order_by) }}
{%- endmacro %}
