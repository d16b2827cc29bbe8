-- one row per account, rule that moves accounts and moment or spell in which it could
with

entries as (
    select * from {{ touched(ref('int_stage_rules_matched')) }}
),

exits as (
    select * from {{ touched(ref('int_stage_exits_listed')) }}
),

steps as (
    select * from {{ ref('int_stage_steps_ordered') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

moments as (
    select
        account_id,
        rule_id,
        false as is_exit,
        false as is_lasting,
        matched_at as possible_from,
        cast(null as timestamp) as possible_until,
        evidence_type,
        evidence_id
    from entries
    union all
    select
        account_id,
        rule_id,
        true as is_exit,
        is_lasting,
        possible_from,
        possible_until,
        evidence_type,
        evidence_id
    from exits
),

-- a former rule moves nobody later, a new one nobody before; a silence may outlast the change
moves as (
    select
        moments.account_id,
        steps.rule_id,
        steps.rule_version,
        steps.is_exit,
        steps.from_stage,
        steps.to_stage,
        steps.to_position,
        steps.step_order,
        moments.is_lasting,
        case
            when moments.is_lasting then greatest(moments.possible_from, steps.valid_from)
            else moments.possible_from
        end as possible_from,
        nullif(
            least(coalesce(moments.possible_until, {{ far_future() }}), steps.valid_until),
            {{ far_future() }}
        ) as possible_until,
        moments.evidence_type,
        moments.evidence_id
    from moments
    inner join accounts
        on moments.account_id = accounts.account_id
    inner join steps
        on moments.rule_id = steps.rule_id
        and moments.is_exit = steps.is_exit
        and accounts.motion = steps.motion
    where moments.possible_from < steps.valid_until
        and case
            when moments.is_lasting
                then coalesce(moments.possible_until, {{ far_future() }}) > steps.valid_from
            else moments.possible_from >= steps.valid_from
        end
)

select * from moves
