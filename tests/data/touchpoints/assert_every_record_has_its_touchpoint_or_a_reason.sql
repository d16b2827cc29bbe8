-- records that are in no touchpoint although their type makes one and, for events of a visit, there is a visit
-- do: look for the record in int_touchpoint_candidates_unioned; if it is not there, its type has no
-- row in touchpoint_types.csv
{%- set begun = {'leads': 'created_at', 'orders': 'ordered_at'} %}
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
    {%- for kind, (model, event, detail, direction) in touchpoint_events('records').items()
        if kind not in ['web_events', 'sessions', 'email_events'] %}
    union all
    select records.source_system, records.source_table, records.source_record_id
    from {{ ref(model) }} as records
    inner join types
        on {{ is_type_of(kind, 'records') }}
    where {{ begun.get(kind, known_moments()[kind]) }} is not null
    {%- endfor %}
),

found as (
    select source_system, source_table, source_record_id
    from {{ ref('int_touchpoint_records_collapsed') }}
)

select * from expected
except
select * from found
