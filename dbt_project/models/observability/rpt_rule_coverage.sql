-- one row per rule of a rule table that leaves its id: how often it decided something in this build
with

{%- set tables = rule_evidence() | map(attribute=0) | unique | list %}

rules as (
    {%- for table in tables %}
    {%- set id = (rule_evidence() | selectattr(0, 'equalto', table) | first)[1] %}
    select
        '{{ table }}' as rule_table,
        {{ id }} as rule_id,
        max(rule_version) as rule_version,
        max(case when is_active then 1 else 0 end) = 1 as is_active
    from {{ ref(table) }}
    group by {{ id }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

firings as (
    {%- for table, id, model, column in rule_evidence() %}
    select
        '{{ table }}' as rule_table,
        {{ column }} as rule_id,
        count(*) as times_fired
    from {{ ref(model) }}
    where {{ column }} is not null
    group by {{ column }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

counted as (
    select
        rule_table,
        rule_id,
        sum(times_fired) as times_fired
    from firings
    group by rule_table, rule_id
),

covered as (
    select
        rules.rule_table,
        rules.rule_id,
        rules.rule_version,
        rules.is_active,
        cast(coalesce(counted.times_fired, 0) as bigint) as times_fired,
        case
            when not rules.is_active then 'switched_off'
            when counted.times_fired > 0 then 'fired'
            else 'never_fired'
        end as verdict
    from rules
    left join counted
        on rules.rule_table = counted.rule_table
        and rules.rule_id = counted.rule_id
)

select * from covered
