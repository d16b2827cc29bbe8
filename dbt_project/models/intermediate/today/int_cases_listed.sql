-- one row per case that is judged for findings: of which kind, of whom, and whether it is a hit
{%- set sources = {
    'stays': {'account_id': 'account_id', 'stage': 'stage', 'kind': 'kind'},
    'customers': {'account_id': 'account_id', 'kind': 'kind', 'touched_until': 'touched_until'},
    'mails': {'person_id': 'person_id', 'record_id': 'mail_id', 'mail_band': 'mail_band', 'kind': "'unsubscribe'"},
    'steps': {'account_id': 'account_id', 'person_id': 'person_id', 'step': 'step', 'kind': "'onboarding'"},
    'answers': {'record_id': 'statement_id', 'account_id': 'account_id', 'person_id': 'person_id', 'stage_at_touch': 'stage_at_touch',
                'touchpoint_type': 'touchpoint_type', 'kind': "'low_score'"},
    'hindrances': {'kind': 'kind', 'account_id': 'account_id', 'person_id': 'person_id', 'record_id': 'record_id',
                   'stage': 'stage', 'stage_at_touch': 'stage_at_touch', 'ticket_category': 'ticket_category',
                   'ticket_priority': 'ticket_priority'},
} %}
{%- set texts = ['kind', 'account_id', 'person_id', 'record_id', 'stage', 'stage_at_touch',
    'touchpoint_type', 'step', 'mail_band', 'ticket_category', 'ticket_priority'] %}
with

stays as (
    select * from {{ ref('int_stay_cases_listed') }}
),

customers as (
    select * from {{ ref('int_customer_cases_listed') }}
),

mails as (
    select * from {{ ref('int_mail_cases_listed') }}
),

steps as (
    select * from {{ ref('int_onboarding_cases_listed') }}
),

hindrances as (
    select * from {{ ref('int_hindrance_cases_listed') }}
),

answers as (
    select
        *,
        is_low as is_hit,
        answered_at as happened_at
    from {{ ref('int_answers_marked') }}
    where is_low is not null and answered_at < {{ as_of() }}
),

persons as (
    select * from {{ ref('int_persons_placed') }}
),

cases as (
    {%- for source, columns in sources.items() %}
    select
        {%- for name in texts %}
        cast({{ columns.get(name, 'null') }} as varchar(255)) as {{ name }},
        {%- endfor %}
        cast({{ columns.get('touched_until', 'null') }} as timestamp) as touched_until,
        cast(is_hit as bigint) as is_hit,
        happened_at
    from {{ source }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

keyed as (
    select
        {{ surrogate_key([
            'cases.kind', 'cases.account_id', 'cases.person_id', 'cases.record_id', 'cases.stage',
            'cases.step', 'cases.happened_at',
        ]) }} as case_id,
        cases.kind,
        coalesce(cases.account_id, persons.account_id) as account_id,
        cases.person_id,
        cases.stage,
        cases.stage_at_touch,
        cases.touchpoint_type,
        cases.step,
        cases.mail_band,
        cases.ticket_category,
        cases.ticket_priority,
        cases.touched_until,
        cases.is_hit,
        cases.happened_at
    from cases
    left join persons
        on cases.person_id = persons.person_id
)

select * from keyed
