{# one row per experiment and person (or device) in it, at the first variant they were given. A segment with a hold-out
   is one too: those who are told against those who are not, from their first entry. `known`: last_date of the data.
   Returns a query: experiment_id, member_key, person_id, variant, own_control, variant_count, assigned_at. #}
{% macro assigned_variants(known) -%}
    select
        experiment_id,
        member_key,
        person_id,
        variant,
        cast(null as varchar(255)) as own_control,
        variant_count,
        assigned_at
    from {{ ref('int_experiment_variants_assigned') }}
    where is_first
    union all
    select
        'segment:' || entries.segment_id as experiment_id,
        entries.person_id as member_key,
        entries.person_id,
        case
            when max(case when entries.is_held_out then 1 else 0 end) = 1 then 'held_out'
            else 'told'
        end as variant,
        'held_out' as own_control,
        count(distinct entries.is_held_out) as variant_count,
        min(entries.entered_at) as assigned_at
    from {{ ref('int_segment_entries_known') }} as entries
    cross join {{ known }} as known
    where entries.is_measured and {{ local_date('entries.entered_at') }} <= known.last_date
    group by entries.segment_id, entries.person_id
{%- endmacro %}
