{# who takes part in which deal by as_of, numbered per person from the first deal on; are_all_lost where none of the
   person's deals was won or is open. Returns a query: person_id, owner, created_at, are_all_lost, part_number. #}
{% macro parts_in_deals() -%}
    select
        people.person_id,
        deals.owner,
        deals.created_at,
        max(case when deals.is_won or not deals.has_ended then 1 else 0 end) over (
            partition by people.person_id
        ) = 0 as are_all_lost,
        row_number() over (
            partition by people.person_id
            order by deals.created_at, deals.source_system, deals.opportunity_id
        ) as part_number
    from {{ ref('int_deals_priced') }} as deals
    inner join {{ ref('int_opportunity_people_listed') }} as people
        on deals.source_system = people.source_system
        and deals.opportunity_id = people.opportunity_id
    where deals.created_at < {{ as_of() }}
{%- endmacro %}
