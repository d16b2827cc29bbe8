{# whether a person belongs to the hold-out of a segment, that share of all: from the first six hex digits of a SHA-256,
   so that it is the same in every build and on either engine, and independent between segments #}
{% macro is_drawn(segment_id, person_id, share) -%}
    {%- set hex = sha256_hex(segment_id ~ " || '|' || " ~ person_id) -%}
    {%- set digits = [] -%}
    {%- for place in range(1, 7) -%}
        {%- do digits.append(
            "(instr('0123456789abcdef', substr(" ~ hex ~ ', ' ~ place ~ ', 1)) - 1) * ' ~ 16 ** (6 - place)
        ) -%}
    {%- endfor -%}
    ({{ digits | join(' + ') }}) < {{ share }} * {{ 16 ** 6 }}
{%- endmacro %}
