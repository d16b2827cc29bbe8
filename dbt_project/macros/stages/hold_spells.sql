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

covered as (
    select
        *,
        max(held_until) over (
            partition by rule_id, account_id
            order by held_from, held_until, evidence_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from holds
),

numbered as (
    select
        *,
        sum(case when covered_until >= held_from then 0 else 1 end) over (
            partition by rule_id, account_id
            order by held_from, held_until, evidence_id
            rows between unbounded preceding and current row
        ) as spell_number
    from covered
),

merged as (
    select
        account_id,
        rule_id,
        min(held_from) as held_from,
        max(held_until) as held_until
    from numbered
    group by account_id, rule_id, spell_number
)

select * from merged
{%- endmacro %}
