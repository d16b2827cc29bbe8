{# the occurrences a counting rule may count: of its signal, and once the signal it requires has occurred.
   `member` is what is counted, `previous_at` and `next_at` are its neighbours of the same member.
   Returns a query: rule columns, account_id, member, occurred_at, required_from, evidence. #}
{% macro watched_signals(rules, signals) -%}
with

counted_signals as (
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
        counted_signals.*,
        requirements.required_from,
        lag(counted_signals.occurred_at) over same_member as previous_at,
        lead(counted_signals.occurred_at) over same_member as next_at
    from counted_signals
    left join requirements
        on counted_signals.rule_id = requirements.rule_id
        and counted_signals.account_id = requirements.account_id
    where counted_signals.member is not null
        and (
            counted_signals.requires_signal is null
            or counted_signals.occurred_at >= requirements.required_from
            or (counted_signals.requires_days is null and requirements.required_from is not null)
        )
    window same_member as (
        partition by counted_signals.rule_id, counted_signals.account_id, counted_signals.member
        order by counted_signals.occurred_at, counted_signals.evidence_type, counted_signals.evidence_id
    )
)

select * from allowed_signals
{%- endmacro %}
