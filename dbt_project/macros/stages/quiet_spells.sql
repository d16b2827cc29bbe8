{# the spells in which a signal was missing for long enough: a spell begins `quiet_days` after an occurrence,
   or after `gap_multiple` times the account's own median gap so far if that is longer, provided that no
   further occurrence came by then; a hold moves its begin to the end of the hold. It ends with the next
   occurrence (null: none yet). The evidence is the last occurrence before the silence.
   Returns a query: account_id, rule_id, quiet_from, quiet_until, evidence_type, evidence_id. #}
{% macro quiet_spells(rules, signals, holds) -%}
with

acts as (
    select
        rules.rule_id,
        rules.quiet_days,
        rules.gap_multiple,
        signals.account_id,
        signals.occurred_at,
        signals.evidence_type,
        signals.evidence_id,
        lag(signals.occurred_at) over in_order as previous_at,
        lead(signals.occurred_at) over in_order as next_at
    from {{ rules }} as rules
    inner join {{ signals }} as signals
        on rules.signal = signals.signal
        and {{ rule_applies('rules', 'signals') }}
    where rules.is_active and rules.quiet_days is not null
    window in_order as (
        partition by rules.rule_id, signals.account_id
        order by signals.occurred_at, signals.evidence_type, signals.evidence_id
    )
),

usual_gaps as (
    {{ usual_gaps('acts') }}
),

silences as (
    select
        acts.*,
        {{ add_seconds(
            'acts.occurred_at',
            'greatest(acts.quiet_days * 86400, coalesce(acts.gap_multiple * usual_gaps.gap_seconds, 0))'
        ) }} as silent_from
    from acts
    left join usual_gaps
        on acts.rule_id = usual_gaps.rule_id
        and acts.account_id = usual_gaps.account_id
        and acts.occurred_at = usual_gaps.occurred_at
),

unheld_silences as (
    select
        silences.*,
        coalesce(holds.held_until, silences.silent_from) as quiet_from
    from silences
    left join {{ holds }} as holds
        on silences.rule_id = holds.rule_id
        and silences.account_id = holds.account_id
        and silences.silent_from >= holds.held_from
        and silences.silent_from < holds.held_until
    where silences.next_at is null or silences.next_at > silences.silent_from
),

spells as (
    select
        account_id,
        rule_id,
        quiet_from,
        next_at as quiet_until,
        evidence_type,
        evidence_id
    from unheld_silences
    where quiet_from < {{ far_future() }}
        and (next_at is null or next_at > quiet_from)
)

select * from spells
{%- endmacro %}
