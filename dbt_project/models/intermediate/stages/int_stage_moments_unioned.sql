-- one row per touchpoint or fact of an account that may be a signal, with what signal rules ask for
{%- set texts = signal_attributes()['text'] %}
{%- set numbers = signal_attributes()['number'] %}
{%- set own_of_facts = ['fact', 'variant'] %}
{%- set own_of_touchpoints = (texts + numbers) | reject('in', own_of_facts) | list %}
with

touchpoint_moments as (
    select * from {{ touched(ref('int_touchpoint_moments_described')) }}
),

facts as (
    select * from {{ ref('int_stage_facts_unioned') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

-- a merged account stands for the one that took its place
fact_moments as (
    select
        facts.*,
        coalesce(keys.account_id, facts.account_id) as surviving_account_id,
        'fact' as scope,
        facts.fact as own_signal
    from facts
    left join keys
        on facts.account_id = keys.account_key
),

moments as (
    {%- for relation, own, account_id in [
        ('touchpoint_moments', own_of_touchpoints, 'account_id'),
        ('fact_moments', own_of_facts, 'surviving_account_id'),
    ] %}
    select
        scope,
        {{ account_id }} as account_id,
        person_id,
        source_system,
        own_signal,
        value,
        occurred_at,
        {%- for attribute in texts + numbers %}
        cast(
            {{ attribute if attribute in own else 'null' }}
            as {{ 'varchar(255)' if attribute in texts else 'decimal(18, 6)' }}
        ) as {{ attribute }},
        {%- endfor %}
        evidence_type,
        evidence_id
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
        {{ surrogate_key(['moments.scope'] + texts + numbers) }} as kind_id
    from moments
    inner join accounts
        on moments.account_id = accounts.account_id
)

select * from keyed
