{# which of several journeys that contain a moment it belongs to: the one that closes there, then the one whose
   opening rule has the smallest priority, then the one opened last. A list of order by terms. #}
{% macro journey_order(journeys, moment) -%}
    case when {{ journeys }}.closes_at = {{ moment }} then 0 else 1 end,
    {{ journeys }}.priority nulls last,
    {{ journeys }}.opened_at desc,
    {{ journeys }}.journey_id
{%- endmacro %}

{# whether a moment lies in a journey #}
{% macro journey_contains(journeys, moment) -%}
    {{ moment }} >= {{ journeys }}.opened_at
    and ({{ journeys }}.closes_at is null or {{ moment }} <= {{ journeys }}.closes_at)
{%- endmacro %}
