{# the spells in which a rule is held back: from a signal `held_from_signal` until `held_until_signal` of the
   same evidence (the same deal, the same order), or for `held_days`; overlapping spells are one.
   `held_until` is the first moment after the hold, far_future() where none is known.
   Returns a query: account_id, rule_id, held_from, held_until. #}
{% macro hold_spells(rules, signals) -%}
with

hold_ends as (
    select
        rules.rule_id,
        signals.account_id,
        signals.evidence_id,
        min(signals.occurred_at) as ended_at
    from {{ rules }} as rules
    inner join {{ signals }} as signals
        on rules.held_until_signal = signals.signal
        and {{ rule_applies('rules', 'signals') }}
    where rules.is_active
    group by rules.rule_id, signals.account_id, signals.evidence_id
),

holds as (
    select
        rules.rule_id,
        signals.account_id,
        signals.evidence_id,
        signals.occurred_at as held_from,
        greatest(
            signals.occurred_at,
            least(
                coalesce(hold_ends.ended_at, {{ far_future() }}),
                coalesce({{ add_days('signals.occurred_at', 'rules.held_days') }}, {{ far_future() }})
            )
        ) as held_until
    from {{ rules }} as rules
    inner join {{ signals }} as signals
        on rules.held_from_signal = signals.signal
        and {{ rule_applies('rules', 'signals') }}
    left join hold_ends
        on rules.rule_id = hold_ends.rule_id
        and signals.account_id = hold_ends.account_id
        and signals.evidence_id = hold_ends.evidence_id
    where rules.is_active
),

merged as (
    {{ merge_spells('holds') }}
)

select * from merged
{%- endmacro %}
