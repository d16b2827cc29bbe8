{# a clause of a rule as text that can be taken apart again: rule_id|clause|attribute|operator|value #}
{% macro described_clause(clause) -%}
    {{ clause }}.rule_id || '|' || {{ clause }}.clause || '|' || {{ clause }}.attribute || '|'
    || {{ clause }}.operator || '|' || coalesce(
        {{ clause }}.value_text, {{ plain_number(clause ~ '.value_number') }},
        cast({{ clause }}.value_date as varchar(40)), ''
    )
{%- endmacro %}
