{# one row per address, purpose, channel and brand that a person confirmed by an act of their own: when they last did #}
{% macro latest_own_acts(statements, statuses, sources) -%}
    select
        {{ statements }}.email,
        {{ statements }}.purpose,
        {{ statements }}.channel,
        {{ statements }}.brand,
        max({{ statements }}.stated_at) as confirmed_at
    from {{ statements }}
    inner join {{ statuses }}
        on {{ statements }}.status = {{ statuses }}.status
        and {{ statements }}.lawful_basis = {{ statuses }}.lawful_basis
    inner join {{ sources }}
        on {{ statements }}.source = {{ sources }}.source
    group by {{ statements }}.email, {{ statements }}.purpose, {{ statements }}.channel, {{ statements }}.brand
{%- endmacro %}
