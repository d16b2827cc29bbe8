{# persons by the first rule that puts them into a segment, and those who only stay: nobody leaves before the minimum
   stay of the segment is over. `ranked`: person_id, segment_id, rule_id, preference. Returns a query: person_id,
   segment_id, rule_id, stays_until (null where a rule holds, as then nothing has to keep them). #}
{% macro with_stays(ranked) -%}
    select
        coalesce({{ ranked }}.person_id, staying.person_id) as person_id,
        coalesce({{ ranked }}.segment_id, staying.segment_id) as segment_id,
        {{ ranked }}.rule_id,
        case when {{ ranked }}.rule_id is null then staying.stays_until end as stays_until
    from (select * from {{ ranked }} where preference = 1) as {{ ranked }}
    full outer join (
        select
            remembered.person_id,
            remembered.segment_id,
            remembered.stays_until
        from {{ ref('int_segment_members_remembered') }} as remembered
        inner join {{ ref('segment_definitions') }} as definitions
            on remembered.segment_id = definitions.segment_id
        inner join {{ ref('int_persons_placed') }} as placed
            on remembered.person_id = placed.person_id
        where definitions.is_active and remembered.stays_until is not null
    ) as staying
        on {{ ranked }}.person_id = staying.person_id
        and {{ ranked }}.segment_id = staying.segment_id
{%- endmacro %}
