-- one row per touchpoint or fact of an account that may be a signal, with what signal rules ask for
{%- set attributes = signal_attributes()['text'] + signal_attributes()['number'] %}
with

touchpoint_moments as (
    select * from {{ ref('int_touchpoint_moments_described') }}
),

facts as (
    select * from {{ ref('int_stage_facts_unioned') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

fact_moments as (
    select
        *,
        'fact' as scope,
        fact as own_signal
    from facts
),

moments as (
    {%- for relation, own in [
        ('touchpoint_moments', attributes | reject('in', ['fact', 'variant']) | list),
        ('fact_moments', ['fact', 'variant']),
    ] %}
    select
        scope,
        account_id,
        person_id,
        source_system,
        own_signal,
        value,
        occurred_at,
        evidence_type,
        evidence_id,
        {%- for attribute in attributes %}
        {%- set type = 'varchar(255)' if attribute in signal_attributes()['text'] else 'decimal(18, 6)' %}
        cast({{ attribute if attribute in own else 'null' }} as {{ type }}) as {{ attribute }}
        {{- '' if loop.last else ',' }}
        {%- endfor %}
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

keyed as (
    select
        moments.*,
        accounts.motion,
        {{ surrogate_key(['moments.scope'] + attributes) }} as kind_id
    from moments
    inner join accounts
        on moments.account_id = accounts.account_id
)

select * from keyed
