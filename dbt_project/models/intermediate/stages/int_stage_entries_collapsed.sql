-- one row per entry of an account into a stage other than the one it was in
with

moves as (
    select * from {{ touched(ref('int_stage_moves_played')) }}
),

ladder as (
    select * from {{ ref('int_stage_ladder_ranked') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

-- of several moves at one instant only where they led to counts
ranked as (
    select
        *,
        row_number() over (partition by account_id, moved_at order by round desc) as moves_after
    from moves
),

compared as (
    select
        *,
        lag(to_stage) over (partition by account_id order by moved_at) as stage_before
    from ranked
    where moves_after = 1
),

placed as (
    select
        compared.account_id,
        compared.to_stage as stage,
        compared.moved_at as entered_at,
        compared.rule_id,
        compared.rule_version,
        compared.evidence_type,
        compared.evidence_id,
        ladder.stage_rank,
        ladder.position,
        ladder.is_outside
    from compared
    inner join accounts
        on compared.account_id = accounts.account_id
    inner join ladder
        on compared.to_stage = ladder.stage
        and accounts.motion = ladder.motion
    where compared.stage_before is null or compared.stage_before <> compared.to_stage
)

select * from placed
