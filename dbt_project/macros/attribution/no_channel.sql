{# the channel of what has none: a conversion without a touchpoint, an ad that no channel rule names #}
{% macro no_channel() -%} 'unattributed' {%- endmacro %}
