{# a Brazilian zip code as it is joined: five digits, with the leading zeros that a spreadsheet takes away #}
{% macro zip_code(column) -%} lpad(trim({{ column }}), 5, '0') {%- endmacro %}

{# a Brazilian name as it is compared: lower case, without accents #}
{% macro plain_letters(column) -%}
    translate(lower(trim({{ column }})), 'áàâãäéêíóôõöúüç', 'aaaaaeeioooouuc')
{%- endmacro %}
