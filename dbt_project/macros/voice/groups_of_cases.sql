{# the slices of cases: name → expression over a case. Those of what it met and of its segments come beside #}
{% macro slices_of_cases() -%}
    {{ return({
        'country': 'country', 'industry': 'industry', 'employee_band': 'employee_band', 'owner': 'owner',
        'motion': 'motion', 'first_channel': 'first_channel', 'quarter': 'quarter', 'age_band': 'age_band',
        'mail_band': 'mail_band', 'age_and_mails': 'age_and_mails', 'step': 'step',
        'persona': 'persona', 'frequency_class': 'frequency_class',
        'ticket_category': 'ticket_category', 'ticket_priority': 'ticket_priority',
        'stage': 'stage_at_touch', 'touchpoint_type': 'touchpoint_type',
    }) }}
{%- endmacro %}

{# columns: whether a rule asks for a slice, `by_<slice>`. Expects `slices` in scope. #}
{% macro asked_slices() -%}
    {%- for slice in slices_of_cases().keys() | list + ['touched', 'segment'] -%}
        {{ list_has('slices', "'" ~ slice ~ "'") }} as by_{{ slice }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# query: `columns` of each case once per group it belongs to, among all and by the slices its rule asks for; `touched`
   are the touchpoint types met between the case and its touched_until. Expects the relations cases (with asked_slices),
   touchpoints and segments in scope. #}
{% macro groups_of_cases(columns) -%}
    {%- set of_cases = 'cases.' ~ columns | join(',\n        cases.') -%}
    select
        {{ of_cases }},
        'all' as slice_type,
        'all' as slice_value
    from cases
    union all
    {%- for slice, value in slices_of_cases().items() %}
    select
        {{ of_cases }},
        '{{ slice }}' as slice_type,
        {{ value }} as slice_value
    from cases
    where by_{{ slice }} and {{ value }} is not null
    union all
    {%- endfor %}
    select distinct
        {{ of_cases }},
        'touched' as slice_type,
        touchpoints.touchpoint_type as slice_value
    from cases
    inner join touchpoints
        on cases.account_id = touchpoints.account_id
        and cases.happened_at <= touchpoints.occurred_at
        and cases.touched_until > touchpoints.occurred_at
    where cases.by_touched
    union all
    select
        {{ of_cases }},
        'segment' as slice_type,
        segments.segment_id as slice_value
    from cases
    inner join segments
        on cases.person_id = segments.person_id
    where cases.by_segment
{%- endmacro %}
