{# journeys between openings and closings of one type: a journey opens at the first opening after the closing
   before it and closes at the first closing at or after its opening. Openings at the instant of a closing
   belong to the journey that closes there.
   `openings`, `closings`: relations of the shape of int_journey_openings_matched and int_journey_closings_chosen.
   Returns a query: account_id, journey_type, opened_at, opening_rule_id, opening_evidence_id, priority,
   closes_at, outcome, closing_rule_id, amount. #}
{% macro delimit_journeys(openings, closings) -%}
with

moments as (
    select
        account_id,
        journey_type,
        opens_at as happened_at,
        0 as is_closing,
        rule_id,
        evidence_type,
        evidence_id,
        priority,
        cast(null as varchar(255)) as outcome,
        cast(null as decimal(18, 2)) as amount
    from {{ openings }}
    union all
    select
        account_id,
        journey_type,
        closes_at as happened_at,
        1 as is_closing,
        rule_id,
        evidence_type,
        evidence_id,
        priority,
        outcome,
        amount
    from {{ closings }}
),

numbered as (
    select
        *,
        coalesce(
            sum(is_closing) over (
                partition by account_id, journey_type
                order by happened_at, is_closing, priority, rule_id, evidence_type, evidence_id
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as closings_before
    from moments
),

ranked as (
    select
        *,
        row_number() over (
            partition by account_id, journey_type, closings_before, is_closing
            order by happened_at, priority, rule_id, evidence_type, evidence_id
        ) as preference
    from numbered
),

journeys as (
    select
        starts.account_id,
        starts.journey_type,
        starts.happened_at as opened_at,
        starts.rule_id as opening_rule_id,
        starts.evidence_id as opening_evidence_id,
        starts.priority,
        ends.happened_at as closes_at,
        ends.outcome,
        ends.rule_id as closing_rule_id,
        cast(ends.amount as decimal(18, 2)) as amount
    from ranked as starts
    left join ranked as ends
        on starts.account_id = ends.account_id
        and starts.journey_type = ends.journey_type
        and starts.closings_before = ends.closings_before
        and ends.is_closing = 1
    where starts.is_closing = 0 and starts.preference = 1
)

select * from journeys
{%- endmacro %}
