{# what an order is worth after what was paid back: never less than nothing, because a refund above the order is a
   mistake of the source and no debt of the customer. Both in one currency; null where the amount is unknown #}
{% macro net_of_refund(amount, refunded) -%}
    case
        when {{ refunded }} > 0
            then {{ amount }} - least({{ refunded }}, greatest({{ amount }}, 0))
        else {{ amount }}
    end
{%- endmacro %}
