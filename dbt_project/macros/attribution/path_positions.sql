{# the touchpoints that a look shows in order: (occurred_at, touchpoint_id). An ignored channel counts only where the
   look shows nothing else. `seen`: seen_touchpoints. Returns a query: its columns, and position_in_path. #}
{% macro path_positions(seen) -%}
with

placed as (
    select
        *,
        min(is_ignored) over (partition by look_key) as is_ignored_alone,
        row_number() over (
            partition by look_key
            order by is_ignored, occurred_at, touchpoint_id
        ) as position_in_path
    from {{ seen }}
)

select * from placed
where is_ignored = is_ignored_alone
{%- endmacro %}
