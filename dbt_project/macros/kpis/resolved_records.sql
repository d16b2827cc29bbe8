{# query: the records of a kind that are or belong to a touchpoint of no bot, with its person and account.
   `columns`: the columns of the record to carry on. #}
{% macro resolved_records(kind, columns) -%}
    select
        records.touchpoint_id,
        touchpoints.person_id,
        touchpoints.account_id,
        records.source_system,
        records.source_table,
        records.source_record_id
        {%- for column in columns %},
        unified.{{ column }}
        {%- endfor %}
    from {{ ref('int_' ~ kind ~ '_unified') }} as unified
    inner join {{ ref('int_touchpoint_records_collapsed') }} as records
        on unified.source_system = records.source_system
        and unified.source_table = records.source_table
        and unified.source_record_id = records.source_record_id
    inner join {{ ref('int_touchpoints_resolved') }} as touchpoints
        on records.touchpoint_id = touchpoints.touchpoint_id
    where not touchpoints.is_bot
{%- endmacro %}
