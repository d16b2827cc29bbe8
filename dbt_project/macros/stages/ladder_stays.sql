{# CTEs: stays in stages of the ladder, last of them `ladder_stays`: how long each has lasted by as_of, what came next, and
   whether that was further up. Expects the relation stays, int_ladder_stays_numbered, in scope. #}
{% macro ladder_stays() -%}
followed as (
    select
        account_id,
        stage,
        motion,
        position,
        entered_at,
        exited_at,
        is_outside,
        observed_days,
        lead(position) over in_order as next_position,
        {{ days_between('entered_at', 'coalesce(exited_at, ' ~ as_of() ~ ')') }} as stay_days
    from stays
    window in_order as (partition by account_id order by entered_at)
),

ladder_stays as (
    select
        *,
        coalesce(next_position > position, false) as is_advance
    from followed
    where not is_outside
)
{%- endmacro %}
