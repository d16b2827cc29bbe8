{# the occurrences of a rule's signal at which nothing held the rule back; for rules without silence.
   Returns a query: account_id, rule_id, signalled_at (with `delay_days`), evidence_type, evidence_id, value. #}
{% macro unheld_signals(rules, signals, holds) -%}
with

signalled as (
    select
        rules.rule_id,
        signals.account_id,
        {{ add_days('signals.occurred_at', 'coalesce(rules.delay_days, 0)') }} as signalled_at,
        signals.evidence_type,
        signals.evidence_id,
        signals.value
    from {{ rules }} as rules
    inner join {{ signals }} as signals
        on rules.signal = signals.signal
        and {{ rule_applies('rules', 'signals') }}
    where rules.is_active and rules.quiet_days is null
),

unheld as (
    select signalled.*
    from signalled
    left join {{ holds }} as holds
        on signalled.rule_id = holds.rule_id
        and signalled.account_id = holds.account_id
        and signalled.signalled_at >= holds.held_from
        and signalled.signalled_at < holds.held_until
    where holds.rule_id is null
)

select * from unheld
{%- endmacro %}
