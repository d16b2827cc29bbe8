{# query: the candidate touchpoints of several kinds of records #}
{% macro candidates_unioned(kinds) -%}
    {%- for kind in kinds %}
    select
        '{{ kind }}' as record_kind,
        *
    from {{ touched(ref('int_touchpoint_candidates_from_' ~ kind)) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# query: what records of several kinds say of their touchpoint type, each combination once #}
{% macro events_said(kinds) -%}
    {%- for kind in kinds %}
    {%- set model, event, detail, direction = touchpoint_events('records')[kind] %}
    select distinct
        '{{ kind }}' as record_kind,
        records.source_system,
        {{ event }} as event,
        {{ detail }} as event_detail,
        {{ direction }} as event_direction,
        {{ 'records.is_machine' if kind == 'email_events' else 'false' }} as is_machine
    from {{ ref(model) }} as records
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
