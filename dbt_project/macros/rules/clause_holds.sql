{# whether one clause of a rule meets one attribute value; text compares in lower case.
   A negative operator (is_not, not_in, is_missing) meets what its positive twin meets:
   match_attribute_rules counts that as a violation. #}
{% macro clause_holds(clause, attribute) -%}
    {%- set wanted = 'lower(' ~ clause ~ '.value_text)' -%}
    {%- set seen = 'lower(' ~ attribute ~ '.value_text)' -%}
    case
        when {{ clause }}.operator in ('is', 'is_not')
            then case
                when {{ clause }}.value_text is not null then {{ seen }} = {{ wanted }}
                when {{ clause }}.value_number is not null
                    then {{ attribute }}.value_number = {{ clause }}.value_number
                else {{ attribute }}.value_date = {{ clause }}.value_date
            end
        when {{ clause }}.operator in ('in', 'not_in') then {{ list_has(wanted, seen) }}
        when {{ clause }}.operator in ('is_present', 'is_missing')
            then coalesce(
                {{ attribute }}.value_text,
                cast({{ attribute }}.value_number as varchar(40)),
                cast({{ attribute }}.value_date as varchar(40))
            ) is not null
        when {{ clause }}.operator = 'contains' then position({{ wanted }} in {{ seen }}) > 0
        when {{ clause }}.operator = 'starts_with' then {{ starts_with(seen, wanted) }}
        when {{ clause }}.operator = 'ends_with' then {{ ends_with(seen, wanted) }}
        when {{ clause }}.operator = 'matches' then {{ regexp_like(seen, clause ~ '.value_text') }}
        when {{ clause }}.operator = 'at_least' then {{ attribute }}.value_number >= {{ clause }}.value_number
        when {{ clause }}.operator = 'at_most' then {{ attribute }}.value_number <= {{ clause }}.value_number
        when {{ clause }}.operator = 'more_than' then {{ attribute }}.value_number > {{ clause }}.value_number
        when {{ clause }}.operator = 'less_than' then {{ attribute }}.value_number < {{ clause }}.value_number
        when {{ clause }}.operator = 'on_or_after' then {{ attribute }}.value_date >= {{ clause }}.value_date
        when {{ clause }}.operator = 'before' then {{ attribute }}.value_date < {{ clause }}.value_date
        when {{ clause }}.operator = 'is_true' then {{ seen }} = 'true'
        when {{ clause }}.operator = 'is_false' then {{ seen }} = 'false'
        else false
    end
{%- endmacro %}
