{# whether a touchpoint may earn credit at all: an act of a human towards us, of a type that earns any #}
{% macro may_earn_credit(touchpoints) -%}
    {{ touchpoints }}.earns_credit
    and not {{ touchpoints }}.is_bot
    and {{ touchpoints }}.direction = 'inbound'
    and {{ touchpoints }}.kind <> 'exposure'
{%- endmacro %}
