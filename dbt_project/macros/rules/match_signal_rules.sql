{# engine 2: the moments at which counting rules were true. A rule looks at one signal of an account and is
   true at an occurrence when `min_count` signals (or distinct persons, by `count_of`) lie in the
   `window_days` up to it, both ends included; no window means ever. With `requires_signal` that other signal
   must have occurred as well: `requires_days` before the occurrence at least, or, where it is empty, in any
   order, and then the later of the two is the moment. `delay_days` moves the moment into the future.
   `rules`: rule rows; `signals`: int_stage_signals_unioned or its shape.
   Returns a query: account_id, rule_id, matched_at, evidence_type, evidence_id. #}
{% macro match_signal_rules(rules, signals) -%}
with

watched as (
    {{ watched_signals(rules, signals) }}
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
    from watched
    union all
    select
        *,
        {{ add_days('occurred_at', 'window_days') }} as changed_at,
        1 as is_departure,
        -1 as change
    from watched
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
