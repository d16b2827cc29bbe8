{# query of one row: how far a clock may be from the moment of receipt, and the rules that say so #}
{% macro clock_limits() -%}
    select
        {%- for method in ['clock_ahead', 'clock_behind'] %}
        max(case when method = '{{ method }}' then max_count end) * 3600 as {{ method }}_seconds,
        max(case when method = '{{ method }}' then rule_id end) as {{ method }}_rule_id
        {{- '' if loop.last else ',' }}
        {%- endfor %}
    from {{ ref('identity_rules') }}
    where is_active
{%- endmacro %}

{# when an event happened: as it says, or when it was received where a rule refuses the clock that says it #}
{% macro believed_moment(claimed, received) -%}
    case when {{ clock_rule(claimed, received) }} is not null then {{ received }} else {{ claimed }} end
{%- endmacro %}

{# the rule that refuses the clock of an event; null where none does, or nobody knows when it was received #}
{% macro clock_rule(claimed, received) -%}
    case
        when {{ seconds_between(received, claimed) }} > clock_ahead_seconds then clock_ahead_rule_id
        when {{ seconds_between(claimed, received) }} > clock_behind_seconds then clock_behind_rule_id
    end
{%- endmacro %}
