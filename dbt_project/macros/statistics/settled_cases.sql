{# whether each case was watched for long enough to say that whatever does not come will not come: for as long as nine of
   ten took that ever went on, of which there must be some. `relation` has the key columns, watched_days (until the end
   or the event; null is not judged), observed_days and is_converted.
   Returns a query: the columns of the relation, thin_below, is_settled. #}
{% macro settled_cases(relation, keys) -%}
with

curves as (
    {{ survival_curve(relation, keys, 'watched_days', 'is_converted') }}
),

settled as (
    {{ settled_days('curves', keys) }}
),

-- where hardly anybody was seen to go on, nobody knows how long it takes
told as (
    select
        cases.*,
        settings.thin_below,
        coalesce(
            cases.observed_days >= settled.settled_days
            and settled.event_count >= settings.thin_below,
            false
        ) as is_settled
    from {{ relation }} as cases
    cross join (select * from {{ ref('statistics_settings') }} where setting_id = 'default') as settings
    left join settled
        on {% for key in keys %}{{ 'and ' if not loop.first }}cases.{{ key }} = settled.{{ key }}
        {% endfor %}
)

select * from told
{%- endmacro %}
