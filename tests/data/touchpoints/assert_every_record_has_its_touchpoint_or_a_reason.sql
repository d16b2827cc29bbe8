-- records that are in no touchpoint although their type makes one and, for events of a visit, there is a visit
with

types as (
    select * from {{ ref('int_touchpoint_types_matched') }} where grain = 'own'
),

expected as (
    select source_system, source_table, source_record_id
    from {{ ref('int_web_events_judged') }}
    where grain = 'own' or (grain = 'visit' and session_id is not null)
    union all
    select source_system, source_table, source_record_id
    from {{ ref('int_email_records_grouped') }}
    {%- for kind, moment in [('leads', 'created_at'), ('orders', 'ordered_at')] %}
    union all
    select records.source_system, records.source_table, records.source_record_id
    from {{ ref('int_' ~ kind ~ '_unified') }} as records
    inner join types
        on types.record_kind = '{{ kind }}'
        and records.source_system = types.source_system
    where records.{{ moment }} is not null
    {%- endfor %}
),

found as (
    select source_system, source_table, source_record_id
    from {{ ref('int_touchpoint_records_collapsed') }}
)

select * from expected
except
select * from found
