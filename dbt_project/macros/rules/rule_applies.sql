{# whether a rule row is meant for the motion and the system of a signal; empty means all #}
{% macro rule_applies(rule, signal) -%}
    ({{ rule }}.motion is null or {{ rule }}.motion = {{ signal }}.motion)
    and ({{ rule }}.system is null or {{ rule }}.system = {{ signal }}.source_system)
{%- endmacro %}
