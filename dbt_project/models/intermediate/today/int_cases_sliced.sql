-- one row per case that is judged for findings and group it belongs to by the slices of its kind
{%- set of_cases = ['case_id', 'kind', 'population', 'account_id', 'journey_id', 'open_amount',
    'is_hit'] %}
{%- set asks_motion = list_has('rules.slices', "'motion'") %}
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

segments as (
    select * from {{ ref('int_segment_rules_matched') }}
),

grouped as (
    {{ groups_of_cases() }}
),

sliced as (
    select
        cases.{{ of_cases | join(',\n        cases.') }},
        case when {{ asks_motion }} then 'all' else coalesce(cases.motion, 'unknown') end as motion,
        grouped.slice_type,
        grouped.slice_value
    from cases
    inner join rules
        on cases.kind = rules.kind
    inner join grouped
        on cases.case_id = grouped.case_id
    where grouped.slice_type = 'all' or {{ list_has('rules.slices', 'grouped.slice_type') }}
)

select * from sliced
