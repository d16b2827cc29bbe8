-- one row per touchpoint or fact of an account that may be a signal, with what signal rules ask for
{%- set attributes = [
    'touchpoint_type', 'action', 'purpose', 'direction', 'kind', 'content_type', 'is_engaged',
    'counts_in_journey', 'is_purchase', 'delivery_date', 'fact', 'variant',
] %}
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

described as (
    select * from {{ ref('int_order_touchpoints_described') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

facts as (
    select * from {{ ref('int_opportunity_facts_listed') }}
    union all
    select * from {{ ref('int_lead_facts_listed') }}
    union all
    select * from {{ ref('int_order_facts_listed') }}
    union all
    select * from {{ ref('int_item_facts_listed') }}
),

moments as (
    select
        'touchpoint' as scope,
        touchpoints.account_id,
        touchpoints.person_id,
        touchpoints.source_system,
        touchpoints.touchpoint_type as own_signal,
        touchpoints.value,
        touchpoints.occurred_at,
        'touchpoint' as evidence_type,
        touchpoints.touchpoint_id as evidence_id,
        touchpoints.touchpoint_type,
        touchpoints.action,
        touchpoints.purpose,
        touchpoints.direction,
        touchpoints.kind,
        touchpoints.content_type,
        case when touchpoints.is_engaged then 'true' else 'false' end as is_engaged,
        case when touchpoints.counts_in_journey then 'true' else 'false' end as counts_in_journey,
        described.is_purchase,
        case when described.delivered_at is not null then 'known' end as delivery_date,
        cast(null as varchar(255)) as fact,
        cast(null as varchar(255)) as variant
    from touchpoints
    left join described
        on touchpoints.touchpoint_id = described.touchpoint_id
    where not touchpoints.is_bot
    union all
    select
        'fact' as scope,
        account_id,
        person_id,
        source_system,
        fact as own_signal,
        value,
        occurred_at,
        evidence_type,
        evidence_id,
        {% for attribute in attributes if attribute not in ['fact', 'variant'] -%}
        cast(null as varchar(255)) as {{ attribute }},
        {% endfor -%}
        fact,
        variant
    from facts
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
