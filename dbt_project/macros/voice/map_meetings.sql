{# CTEs: who was met in which stage at which type of touchpoint (`met`), and the three channels and contents they met
   most (`shown`). Expects the relations stages and touchpoints in scope. #}
{% macro map_meetings() -%}
{%- set lists = {'channels': 'channel', 'top_content': 'content'} %}
{%- set columns = ['channel', 'content', 'account_id', 'person_id', 'quantity'] %}
-- a touchpoint before the first stage, also of somebody unknown, is one of the lowest
located as (
    select
        coalesce(touchpoints.stage_at_touch, stages.stage) as stage,
        touchpoints.touchpoint_type,
        touchpoints.{{ columns | join(',\n        touchpoints.') }}
    from touchpoints
    cross join stages
    where stages.place = 1
),

placed as (
    select * from located
    union all
    select
        stage,
        'all' as touchpoint_type,
        {{ columns | join(',\n        ') }}
    from located
),

met as (
    select
        stage,
        touchpoint_type,
        cast(sum(quantity) as bigint) as touches,
        count(distinct account_id) as accounts,
        count(distinct person_id) as persons
    from placed
    group by stage, touchpoint_type
),

named as (
    {%- for column in lists.values() %}
    {{ 'union all' if not loop.first }}
    select
        stage,
        touchpoint_type,
        '{{ column }}' as what,
        {{ column }} as name,
        sum(quantity) as touches
    from placed
    where {{ column }} is not null
    group by stage, touchpoint_type, {{ column }}
    {%- endfor %}
),

ranked as (
    select
        *,
        row_number() over (partition by stage, touchpoint_type, what order by touches desc, name asc)
            as place
    from named
),

shown as (
    select
        stage,
        touchpoint_type{% for name, column in lists.items() %},
        {{ ordered_list("case when what = '" ~ column ~ "' then name end") }} as {{ name }}{% endfor %}
    from ranked
    where place <= 3
    group by stage, touchpoint_type
)
{%- endmacro %}
