-- one row per conversion that followed a human click or reply; it goes to the last message acted on
with

events as (
    select * from {{ ref('int_email_events_judged') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

acts as (
    select
        identifiers.person_id,
        events.source_system,
        events.message_id,
        events.email,
        events.occurred_at
    from events
    inner join identifiers
        on events.identifier_id = identifiers.identifier_id
    where events.event_type in ('clicked', 'replied')
        and not events.is_machine
        and events.message_id is not null
),

followed as (
    select
        conversions.conversion_id,
        conversions.conversion_type,
        conversions.amount,
        conversions.occurred_at,
        conversions.evidence_type,
        conversions.evidence_id,
        acts.source_system,
        acts.message_id,
        acts.email,
        row_number() over (
            partition by conversions.conversion_id
            order by
                acts.occurred_at desc, acts.source_system asc, acts.message_id asc, acts.email asc
        ) as recency
    from conversions
    inner join acts
        on conversions.person_id = acts.person_id
        and conversions.occurred_at >= acts.occurred_at
        and acts.occurred_at >= {{
            add_days('conversions.occurred_at', '-1 * conversions.email_window_days')
        }}
    where conversions.email_window_days is not null
),

matched as (
    select
        conversion_id,
        conversion_type,
        source_system,
        message_id,
        email,
        amount,
        -- what happened once may be conversions of several types; a sum over types counts it once
        row_number() over (
            partition by evidence_type, evidence_id
            order by amount desc nulls last, conversion_type asc, conversion_id asc
        ) = 1 as is_counted,
        occurred_at
    from followed
    where recency = 1
)

select * from matched
