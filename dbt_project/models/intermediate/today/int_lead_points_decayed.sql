-- one row per known person, day of scoring and rule of engagement: what is left of its points then
with

rules as (
    select * from {{ ref('lead_score_rules') }}
    where is_active and half_life_days is not null
),

days as (
    select {{ date_series(
        "cast(date_trunc('month', " ~ add_days(as_of(), -365) ~ ") as date)",
        'cast(' ~ as_of() ~ ' as date)', '1 month'
    ) }} as scored_on
    union
    select cast({{ as_of() }} as date) as scored_on
),

acts as (
    select
        person_id,
        touchpoint_type as signal,
        content_type as value,
        coalesce(is_engaged, false) as is_engaged,
        cast(occurred_at as date) as acted_on
    from {{ ref('int_touchpoints_resolved') }}
    where direction = 'inbound' and not is_bot
    union all
    select
        identifiers.person_id,
        'page_view' as signal,
        web_events.content_type as value,
        true as is_engaged,
        cast(web_events.occurred_at as date) as acted_on
    from {{ ref('int_web_events_judged') }} as web_events
    inner join {{ ref('int_identity_clusters_resolved') }} as identifiers
        on web_events.identifier_id = identifiers.identifier_id
    where web_events.is_page_view and not web_events.is_bot
),

-- the acts of a day fade together
earned as (
    select
        acts.person_id,
        acts.acted_on,
        rules.rule_id,
        count(*) as times
    from acts
    inner join {{ ref('int_persons_placed') }} as placed
        on acts.person_id = placed.person_id
    inner join rules
        on {{ list_has('rules.signal', 'acts.signal') }}
        and (rules.value is null or {{ list_has('rules.value', 'acts.value') }})
        and (rules.motion is null or placed.motion = rules.motion)
        and (acts.is_engaged or not rules.engaged_only)
    group by acts.person_id, acts.acted_on, rules.rule_id
),

faded as (
    select
        earned.person_id,
        days.scored_on,
        earned.rule_id,
        sum(earned.times) as times,
        sum(earned.times * {{ decay_billionths(
            seconds_between('cast(earned.acted_on as timestamp)', 'cast(days.scored_on as timestamp)'),
            'rules.half_life_days'
        ) }}) as left_billionths,
        max(rules.points) as points,
        max(rules.max_points) as max_points
    from earned
    inner join rules
        on earned.rule_id = rules.rule_id
    inner join days
        on earned.acted_on <= days.scored_on
        and cast(days.scored_on as timestamp)
        < {{ add_days('cast(earned.acted_on as timestamp)', 'rules.window_days') }}
    group by earned.person_id, days.scored_on, earned.rule_id
),

capped as (
    select
        person_id,
        scored_on,
        rule_id,
        times,
        greatest(least(
            {{ ratio('points * left_billionths', '1000000000', 'decimal(9, 2)') }}, max_points
        ), -1 * max_points) as points
    from faded
)

select * from capped
