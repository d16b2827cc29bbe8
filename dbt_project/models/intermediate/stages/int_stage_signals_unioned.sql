-- one row per signal of an account and the touchpoint or fact that gave it
with

moments as (
    select * from {{ touched(ref('int_stage_moments_unioned')) }}
),

named_kinds as (
    select * from {{ ref('int_signal_rules_matched') }}
),

signals as (
    select
        account_id,
        person_id,
        motion,
        source_system,
        own_signal as signal,
        value,
        occurred_at,
        evidence_type,
        evidence_id
    from moments
    where own_signal is not null
    union
    select
        moments.account_id,
        moments.person_id,
        moments.motion,
        moments.source_system,
        named_kinds.signal,
        moments.value,
        moments.occurred_at,
        moments.evidence_type,
        moments.evidence_id
    from moments
    inner join named_kinds
        on moments.kind_id = named_kinds.kind_id
        and {{ rule_applies('named_kinds', 'moments') }}
)

select * from signals
