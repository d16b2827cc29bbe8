{# credits of one path and model by their size, so that an amount can be shared out without sorting, see typical_cents.
   `billionths`: billionths_of `path`. Returns a query: its columns, and per class of equal credits its credit, its
   touchpoints on the path, and those of them before this one. #}
{% macro credit_classes(billionths, path) -%}
with

classes as (
    select
        *,
        row_number() over (partition by {{ path | join(', ') }} order by credit_billionths) as class
    from (
        select distinct
            {{ path | join(', ') }},
            credit_billionths
        from {{ billionths }}
    ) as sizes
),

classed as (
    select
        billionths.*,
        classes.class
    from {{ billionths }} as billionths
    inner join classes
        on {{ same_columns('billionths', 'classes', path + ['credit_billionths']) }}
),

counted as (
    select
        {{ path | join(', ') }},
        position_in_path,
        credit_billionths
        {%- for class in range(1, most_classes() + 1) %},
        coalesce(max(case when class = {{ class }} then credit_billionths end) over whole_path, 0)
            as class_{{ class }}_billionths,
        count(case when class = {{ class }} then 1 end) over whole_path as class_{{ class }}_touches,
        count(case when class = {{ class }} then 1 end) over path_before as class_{{ class }}_before
        {%- endfor %}
    from classed
    window
        whole_path as (partition by {{ path | join(', ') }}),
        path_before as (
            partition by {{ path | join(', ') }}
            order by position_in_path
            rows between unbounded preceding and 1 preceding
        )
)

select * from counted
{%- endmacro %}
