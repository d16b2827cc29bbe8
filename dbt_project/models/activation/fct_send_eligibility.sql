-- one row per known person, purpose and channel: whether they may be told of, else why not
with

decided as (
    select * from {{ ref('int_send_eligibility_decided') }}
),

selected as (
    select
        -- keys
        person_id,
        purpose,
        channel,
        -- text
        reason,
        all_reasons,
        accepted_basis,
        regime,
        -- booleans
        is_eligible,
        is_message,
        -- evidence
        rule_id,
        consent_evidence_id
    from decided
)

select * from selected
