{# the median gap in seconds between the acts of an account up to each of them, for rules with a gap multiple.
   `acts`: the relation of quiet_spells. Returns a query: rule_id, account_id, occurred_at, gap_seconds. #}
{% macro usual_gaps(acts) -%}
    select
        acts.rule_id,
        acts.account_id,
        acts.occurred_at,
        median({{ seconds_between('earlier_acts.previous_at', 'earlier_acts.occurred_at') }})
            as gap_seconds
    from {{ acts }} as acts
    inner join {{ acts }} as earlier_acts
        on acts.rule_id = earlier_acts.rule_id
        and acts.account_id = earlier_acts.account_id
        and acts.occurred_at >= earlier_acts.occurred_at
    where acts.gap_multiple is not null and earlier_acts.previous_at is not null
    group by acts.rule_id, acts.account_id, acts.occurred_at
{%- endmacro %}
