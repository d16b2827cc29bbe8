{# which steps of the waterfall each person reached, and when. `entries`: person_id, rank, entered_at and place (1 for the
   earliest); `steps`: step, next_step, rank, last_rank. Whoever reached a higher step has passed the lower ones, but none
   below that where they came in; who came in at the last step never was on the way.
   Returns a query: person_id, started_at, step, next_step, step_rank, is_start, reached_at, is_skipped. #}
{% macro passed_steps(entries, steps) -%}
    select
        starts.person_id,
        starts.entered_at as started_at,
        steps.step,
        steps.next_step,
        steps.rank as step_rank,
        steps.rank = starts.rank as is_start,
        min(higher.entered_at) as reached_at,
        min(higher.rank) > steps.rank as is_skipped
    from {{ entries }} as starts
    inner join {{ steps }} as steps
        on starts.rank <= steps.rank
    inner join {{ entries }} as higher
        on starts.person_id = higher.person_id
        and steps.rank <= higher.rank
    where starts.place = 1 and starts.rank < steps.last_rank
    group by
        starts.person_id, starts.entered_at, starts.rank, steps.step, steps.next_step, steps.rank
{%- endmacro %}
