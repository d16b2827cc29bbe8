{# what to look for in words_of_text: a word of a rule with a blank where its boundary asks for one #}
{% macro bounded_word(word, boundary) -%}
    case when {{ boundary }} in ('words', 'start') then ' ' else '' end
    || lower({{ word }})
    || case when {{ boundary }} in ('words', 'end') then ' ' else '' end
{%- endmacro %}
