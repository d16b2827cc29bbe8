-- one row per known person, purpose, channel and rule that asks for silence
with

caps as (
    select * from {{ ref('int_frequency_caps_reached') }}
),

sunsets as (
    select * from {{ ref('int_sunsets_reached') }}
),

conflicts as (
    select
        person_id,
        reason,
        rule_id
    from {{ ref('int_journey_conflicts_found') }}
    union all
    select
        person_id,
        reason,
        rule_id
    from {{ ref('int_person_holds_matched') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active
),

listed as (
    select
        caps.person_id,
        purposes.purpose,
        purposes.channel,
        caps.reason,
        caps.rule_id
    from caps
    inner join purposes
        on caps.channel = purposes.channel
    where purposes.is_frequency_capped
        and (caps.is_extra_used or not coalesce(purposes.is_triggered, false))
    union all
    select
        sunsets.person_id,
        purposes.purpose,
        purposes.channel,
        sunsets.reason,
        sunsets.rule_id
    from sunsets
    inner join purposes
        on sunsets.channel = purposes.channel
    where purposes.is_sunset
    union all
    select
        conflicts.person_id,
        purposes.purpose,
        purposes.channel,
        conflicts.reason,
        conflicts.rule_id
    from conflicts
    cross join purposes
    where purposes.is_conflicted
)

select * from listed
