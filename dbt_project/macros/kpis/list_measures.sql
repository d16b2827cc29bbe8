{# measures of a relation in long form: one row per measure, scope and month.
   `month`: expression of the first day of the month; `scopes`: scope type -> expression of its id (null rows
   stay out of that scope); `measures`: measure id -> aggregate; `prefix`: expression that each measure id
   starts with, so that one measure stands for many (`<touchpoint type>_touchpoints`). #}
{% macro list_measures(relation, month, scopes, measures, prefix=none) -%}
    select
        {% if prefix %}aggregated.measure_prefix || '_' || {% endif %}names.measure_id as measure_id,
        aggregated.scope_type,
        aggregated.scope_id,
        'month' as period_type,
        aggregated.period_start,
        cast(
            case names.measure_id
                {%- for measure in measures %}
                when '{{ measure }}' then aggregated.{{ measure }}
                {%- endfor %}
            end as decimal(18, 4)
        ) as value
    from (
        {% for scope_type, scope_id in scopes.items() -%}
        select
            '{{ scope_type }}' as scope_type,
            {{ scope_id }} as scope_id,
            {{ month }} as period_start,
            {% if prefix %}{{ prefix }} as measure_prefix,{% endif %}
            {%- for measure, aggregate in measures.items() %}
            cast({{ aggregate }} as decimal(18, 4)) as {{ measure }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ relation }}
        where {{ scope_id }} is not null and {{ month }} is not null
        group by {{ scope_id }}, {{ month }}{% if prefix %}, {{ prefix }}{% endif %}
        {% if not loop.last %}union all
        {% endif %}
        {%- endfor %}
    ) as aggregated
    cross join (
        {%- for measure in measures %}
        select '{{ measure }}' as measure_id {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as names
{%- endmacro %}
