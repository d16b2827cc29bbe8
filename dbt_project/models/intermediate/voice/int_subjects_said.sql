-- one row per ticket or activity with a subject, our own sends left out: when, for which account
{%- set moments = {'tickets': 'created_at', 'activities': 'occurred_at'} %}
with

{% for kind in moments -%}
{{ kind }} as (
    select * from {{ ref('int_' ~ kind ~ '_unified') }}
    where subject is not null
),

{% endfor -%}
acts as (
    select * from {{ ref('touchpoint_types') }}
    where kind <> 'exposure'
),

types as (
    select matched.*
    from {{ ref('int_touchpoint_types_matched') }} as matched
    inner join acts
        on matched.type_id = acts.type_id
),

said as (
    {%- for kind, moment in moments.items() %}
    {%- set key = [kind ~ '.source_system', kind ~ '.source_table', kind ~ '.source_record_id'] %}
    select
        {{ surrogate_key(key) }} as statement_id,
        {{ kind }}.source_system,
        {{ stated_account(kind) }} as account_key,
        {{ kind }}.subject,
        {{ kind }}.{{ moment }} as answered_at
    from {{ kind }}
    inner join types
        on {{ is_type_of(kind, kind) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from said
