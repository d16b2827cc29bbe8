{# CTEs: tickets that wait, accounts that are silent, deals lost to a competitor, stays without content; the last is
   `listed`. Expects the relations rules, tickets, rhythms, stays, deals, endings and readings in scope. #}
{% macro hindrances() -%}
{%- set texts = ['person_id', 'record_id', 'stage', 'stage_at_touch', 'ticket_category', 'ticket_priority'] %}
{%- set kinds = {
    'open_ticket': {'person_id': 'open_ticket.person_id', 'ticket_category': 'open_ticket.category',
                    'ticket_priority': 'open_ticket.priority', 'record_id': 'open_ticket.source_record_id'},
    'silence': {'stage': 'silence.stage'},
    'competitor': {'record_id': 'competitor.opportunity_id'},
    'content_gap': {'stage_at_touch': 'content_gap.stage'},
} -%}
open_ticket as (
    select
        tickets.*,
        tickets.created_at as happened_at,
        coalesce(
            tickets.solved_at > {{ add_days('tickets.created_at', 'rules.within_days') }}, true
        ) as is_hit
    from tickets
    inner join rules
        on rules.kind = 'open_ticket'
    where {{ add_days('tickets.created_at', 'rules.within_days') }} < {{ as_of() }}
),

silence as (
    select
        rhythms.account_id,
        stays.stage,
        rhythms.last_act_at as happened_at,
        rhythms.days_silent > rhythms.usual_gap_days as is_hit
    from rhythms
    inner join stays
        on rhythms.account_id = stays.account_id
        and stays.exited_at is null
),

competitor as (
    select
        deals.*,
        deals.ended_at as happened_at,
        not deals.is_won and endings.competitor <> 'none named' as is_hit
    from deals
    inner join endings
        on deals.source_system = endings.source_system
        and deals.opportunity_id = endings.opportunity_id
),

-- where nobody reads anything, what is read is not recorded
reading_motions as (
    select stays.motion
    from stays
    inner join readings
        on stays.account_id = readings.account_id
    group by stays.motion
),

arrived as (
    select
        stays.*,
        {{ add_days('stays.entered_at', 'rules.within_days') }} as read_until
    from stays
    inner join reading_motions
        on stays.motion = reading_motions.motion
    inner join rules
        on rules.kind = 'content_gap'
),

content_gap as (
    select
        arrived.account_id,
        arrived.stage,
        arrived.entered_at as happened_at,
        count(readings.touchpoint_id) = 0 as is_hit
    from arrived
    left join readings
        on arrived.account_id = readings.account_id
        and arrived.entered_at <= readings.occurred_at
        and arrived.read_until > readings.occurred_at
    where arrived.read_until < least(coalesce(arrived.exited_at, {{ as_of() }}), {{ as_of() }})
    group by arrived.account_id, arrived.stage, arrived.entered_at
),

listed as (
    {%- for kind, columns in kinds.items() %}
    {{ 'union all' if not loop.first }}
    select
        rules.kind,
        {{ kind }}.account_id,
        {%- for text in texts %}
        cast({{ columns.get(text, 'null') }} as varchar(255)) as {{ text }},
        {%- endfor %}
        case when {{ kind }}.is_hit then 1 else 0 end as is_hit,
        {{ kind }}.happened_at
    from {{ kind }}
    inner join rules
        on rules.kind = '{{ kind }}'
    {%- endfor %}
)
{%- endmacro %}
