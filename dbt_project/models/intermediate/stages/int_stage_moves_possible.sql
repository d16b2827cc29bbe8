-- one row per move an account may make: when it is possible, by which rule, from and to which stage
with

moves as (
    select * from {{ touched(ref('int_stage_moves_listed')) }}
),

looked_back as (
    select
        *,
        lag(possible_from) over (
            partition by account_id, step_order
            order by possible_from, evidence_type, evidence_id
        ) as same_way_before,
        max(case when is_exit then possible_from end) over (
            partition by account_id
            order by possible_from, step_order, evidence_type, evidence_id
            rows between unbounded preceding and current row
        ) as last_way_out
    from moves
),

-- a way up is of use again only when a way out lay in between: most acts change no stage
useful as (
    select
        account_id,
        rule_id,
        rule_version,
        is_exit,
        from_stage,
        to_stage,
        to_position,
        step_order,
        is_lasting,
        possible_from,
        possible_until,
        evidence_type,
        evidence_id
    from looked_back
    where is_exit
        or from_stage is not null
        or same_way_before is null
        or last_way_out > same_way_before
)

select * from useful
