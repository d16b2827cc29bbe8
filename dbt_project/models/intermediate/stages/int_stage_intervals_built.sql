-- one row per stay of an account in a stage; stays follow each other without gap, the last one is open
with

moves as (
    select * from {{ ref('int_stage_moves_played') }}
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
),

followed as (
    select
        *,
        lag(stage) over in_order as from_stage,
        lag(position) over in_order as from_position,
        lag(is_outside) over in_order as was_outside,
        lead(entered_at) over in_order as exited_at,
        max(position) over (
            partition by account_id
            order by entered_at
            rows between unbounded preceding and 1 preceding
        ) as highest_position,
        row_number() over (partition by account_id, stage order by entered_at) as entry_number
    from placed
    window in_order as (partition by account_id order by entered_at)
),

-- who comes back from outside is compared with the highest stage reached before
intervals as (
    select
        -- keys
        {{ surrogate_key(['account_id', 'stage', 'entered_at']) }} as transition_id,
        account_id,
        -- text
        from_stage,
        stage,
        -- numbers
        stage_rank,
        -- booleans
        is_outside,
        entry_number > 1 as is_reentry,
        coalesce(
            not is_outside
            and position > 1 + case
                when was_outside = false then from_position
                else coalesce(highest_position, 0)
            end,
            false
        ) as is_skip,
        coalesce(not is_outside and not was_outside and position < from_position, false)
            as is_regression,
        -- timestamps
        entered_at,
        exited_at,
        -- evidence
        rule_id,
        rule_version,
        evidence_type,
        evidence_id
    from followed
)

select * from intervals
