{# query: per case every group it belongs to, in long form; `touched` are the touchpoint types met between the case and
   its touched_until. Expects the relations cases, touchpoints and segments in scope. #}
{% macro groups_of_cases() -%}
    {%- set slices = {
    'country': 'country', 'industry': 'industry', 'employee_band': 'employee_band', 'owner': 'owner',
    'motion': 'motion', 'first_channel': 'first_channel', 'quarter': 'quarter', 'age_band': 'age_band',
    'mail_band': 'mail_band', 'age_and_mails': 'age_and_mails', 'step': 'step',
    'persona': 'persona', 'frequency_class': 'frequency_class',
    'ticket_category': 'ticket_category', 'ticket_priority': 'ticket_priority',
    'stage': 'stage_at_touch', 'touchpoint_type': 'touchpoint_type', 'all': "'all'",
} %}
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
    union all
    select
        cases.case_id,
        'segment' as slice_type,
        segments.segment_id as slice_value
    from cases
    inner join segments
        on cases.person_id = segments.person_id
{%- endmacro %}
