{# a model that must have as many rows as another #}
{% test row_count_kept(model, compare_to) %}
with

counted as (
    select
        (select count(*) from {{ model }}) as rows_here,
        (select count(*) from {{ compare_to }}) as rows_there
)

select * from counted where rows_here <> rows_there
{% endtest %}
