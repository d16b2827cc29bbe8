{# engine 2: the moments at which counting rules were true. A rule looks at one signal of an account and is
   true at an occurrence when `min_count` signals (or distinct persons, by `count_of`) lie in the
   `window_days` up to it, both ends included; no window means ever. With `requires_signal` that other signal
   must have occurred as well: `requires_days` before the occurrence at least, or, where it is empty, in any
   order, and then the later of the two is the moment. `delay_days` moves the moment into the future.
   `rules`: rule rows; `signals`: int_stage_signals_unioned or its shape.
   Returns a query: account_id, rule_id, matched_at, evidence_type, evidence_id. #}
{% macro match_signal_rules(rules, signals) -%}
with

watched_signals as (
    select
        rules.rule_id,
        rules.min_count,
        rules.window_days,
        rules.requires_days,
        rules.delay_days,
        rules.requires_signal,
        signals.account_id,
        signals.occurred_at,
        signals.evidence_type,
        signals.evidence_id,
        case rules.count_of
            when 'persons' then signals.person_id
            else signals.evidence_type || '|' || signals.evidence_id
        end as member
    from {{ rules }} as rules
    inner join {{ signals }} as signals
        on rules.signal = signals.signal
        and {{ rule_applies('rules', 'signals') }}
    where rules.is_active
),

requirements as (
    select
        rules.rule_id,
        signals.account_id,
        min({{ add_days('signals.occurred_at', 'coalesce(rules.requires_days, 0)') }}) as required_from
    from {{ rules }} as rules
    inner join {{ signals }} as signals
        on rules.requires_signal = signals.signal
        and {{ rule_applies('rules', 'signals') }}
    where rules.is_active
    group by rules.rule_id, signals.account_id
),

allowed_signals as (
    select
        watched_signals.*,
        requirements.required_from,
        lag(watched_signals.occurred_at) over same_member as previous_at,
        lead(watched_signals.occurred_at) over same_member as next_at
    from watched_signals
    left join requirements
        on watched_signals.rule_id = requirements.rule_id
        and watched_signals.account_id = requirements.account_id
    where watched_signals.member is not null
        and (
            watched_signals.requires_signal is null
            or watched_signals.occurred_at >= requirements.required_from
            or (watched_signals.requires_days is null and requirements.required_from is not null)
        )
    window same_member as (
        partition by watched_signals.rule_id, watched_signals.account_id, watched_signals.member
        order by watched_signals.occurred_at, watched_signals.evidence_type, watched_signals.evidence_id
    )
),

-- a member counts from its first occurrence until its window has passed without another one
arrivals_and_departures as (
    select
        *,
        occurred_at as changed_at,
        0 as is_departure,
        case
            when previous_at is null then 1
            when {{ add_days('previous_at', 'window_days') }} < occurred_at then 1
            else 0
        end as change
    from allowed_signals
    union all
    select
        *,
        {{ add_days('occurred_at', 'window_days') }} as changed_at,
        1 as is_departure,
        -1 as change
    from allowed_signals
    where min_count > 1
        and window_days is not null
        and (next_at is null or next_at > {{ add_days('occurred_at', 'window_days') }})
),

counted as (
    select
        *,
        sum(change) over (
            partition by rule_id, account_id
            order by changed_at, is_departure, evidence_type, evidence_id
            rows between unbounded preceding and current row
        ) as member_count
    from arrivals_and_departures
),

matched as (
    select
        account_id,
        rule_id,
        {{ add_days('greatest(occurred_at, coalesce(required_from, occurred_at))', 'coalesce(delay_days, 0)') }}
            as matched_at,
        evidence_type,
        evidence_id
    from counted
    where is_departure = 0 and member_count >= min_count
)

select * from matched
{%- endmacro %}
