-- one row per case that is judged for findings and group it belongs to by the slices of its kind
{%- set slices = {
    'country': 'country', 'industry': 'industry', 'employee_band': 'employee_band', 'owner': 'owner',
    'motion': 'motion', 'first_channel': 'first_channel', 'quarter': 'quarter', 'age_band': 'age_band',
    'mail_band': 'mail_band', 'age_and_mails': 'age_and_mails', 'step': 'step',
    'stage': 'stage_at_touch', 'touchpoint_type': 'touchpoint_type', 'all': "'all'",
} %}
with

cases as (
    select * from {{ ref('int_cases_described') }}
),

rules as (
    select * from {{ ref('pain_rules') }}
    where is_active
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where account_id is not null and counts_in_journey and not is_bot
),

grouped as (
    {%- for slice, value in slices.items() %}
    select
        case_id,
        '{{ slice }}' as slice_type,
        {{ value }} as slice_value
    from cases
    where {{ value }} is not null
    union all
    {%- endfor %}
    select distinct
        cases.case_id,
        'touched' as slice_type,
        touchpoints.touchpoint_type as slice_value
    from cases
    inner join touchpoints
        on cases.account_id = touchpoints.account_id
        and cases.happened_at <= touchpoints.occurred_at
        and cases.touched_until > touchpoints.occurred_at
),

sliced as (
    select
        cases.case_id,
        cases.kind,
        cases.population,
        grouped.slice_type,
        grouped.slice_value,
        cases.account_id,
        cases.journey_id,
        cases.open_amount,
        cases.is_hit
    from cases
    inner join rules
        on cases.kind = rules.kind
    inner join grouped
        on cases.case_id = grouped.case_id
    where grouped.slice_type = 'all' or {{ list_has('rules.slices', 'grouped.slice_type') }}
)

select * from sliced
