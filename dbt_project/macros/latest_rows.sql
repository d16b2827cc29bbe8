{# query: the latest loaded row of each key of a raw table, for staging that joins one raw table to another #}
{% macro latest_rows(relation, key) -%}
    select *
    from (
        select
            *,
            row_number() over (
                partition by {{ key | join(', ') }}
                order by _batch_id desc, _source_file desc, _source_row desc, _row_id asc
            ) as version_rank
        from {{ relation }}
    ) as versions
    where version_rank = 1
{%- endmacro %}
