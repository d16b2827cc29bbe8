-- one row per stay of an account in a stage; stays follow each other without gap
with

entries as (
    select * from {{ touched(ref('int_stage_entries_collapsed')) }}
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
    from entries
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
