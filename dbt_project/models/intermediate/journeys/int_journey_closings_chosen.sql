-- one row per account, journey type and moment a journey would close at: the rule that names it
with

closings as (
    select * from {{ touched(ref('int_journey_closings_matched')) }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by account_id, journey_type, closes_at
            order by priority, rule_id, evidence_type, evidence_id
        ) as preference,
        sum(amount) over (partition by account_id, journey_type, closes_at, rule_id) as total_amount
    from closings
),

chosen as (
    select
        account_id,
        journey_type,
        outcome,
        priority,
        rule_id,
        cast(total_amount as decimal(18, 2)) as amount,
        closes_at,
        evidence_type,
        evidence_id
    from ranked
    where preference = 1
)

select * from chosen
