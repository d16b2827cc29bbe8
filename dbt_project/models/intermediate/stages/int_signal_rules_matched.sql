-- one row per kind of moment (same attributes) and signal it stands for
{%- set texts = ['scope'] + signal_attributes()['text'] %}
{%- set numbers = signal_attributes()['number'] %}
with

moments as (
    select * from {{ ref('int_stage_moments_unioned') }}
),

signal_rules as (
    select * from {{ ref('signal_rules') }}
),

kinds as (
    select distinct
        kind_id,
        {{ (texts + numbers) | join(', ') }}
    from moments
),

attributes as (
    {%- for attribute in texts + numbers %}
    select
        kind_id as entity_id,
        '{{ attribute }}' as attribute,
        cast({{ attribute if attribute in texts else 'null' }} as varchar(255)) as value_text,
        cast({{ attribute if attribute in numbers else 'null' }} as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from kinds
    where {{ attribute }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

matched as (
    {{ match_attribute_rules(rules='signal_rules', attributes='attributes') }}
),

limits as (
    select
        rule_id,
        min(system) as system,
        min(motion) as motion
    from signal_rules
    group by rule_id
),

signals as (
    select
        kinds.kind_id,
        matched.result as signal,
        limits.system,
        limits.motion,
        matched.rule_id
    from matched
    inner join kinds
        on matched.entity_id = kinds.kind_id
        and matched.scope = kinds.scope
    inner join limits
        on matched.rule_id = limits.rule_id
)

select * from signals
