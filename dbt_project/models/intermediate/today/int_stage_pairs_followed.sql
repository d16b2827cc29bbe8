-- one row per account, stage of the ladder it has entered and higher stage: how fast it got there
with

ladder as (
    select * from {{ ref('int_stage_ladder_ranked') }}
),

first_channels as (
    select * from {{ ref('int_account_first_channels_chosen') }}
),

stays as (
    select * from {{ ref('int_ladder_stays_numbered') }}
),

first_entries as (
    select * from stays
    where entry_number = 1 and not is_outside
),

current_stays as (
    select * from stays
    where exited_at is null
),

pairs as (
    select
        first_entries.account_id,
        first_entries.motion,
        first_entries.stage as from_stage,
        higher.stage as to_stage,
        higher.position as to_position,
        first_entries.entered_at,
        first_entries.observed_days,
        first_entries.is_reentered,
        first_entries.is_regressed
    from first_entries
    inner join ladder as higher
        on first_entries.motion = higher.motion
        and first_entries.position < higher.position
),

-- a higher stage than the one asked for counts as having passed it
conversions as (
    select
        pairs.account_id,
        pairs.from_stage,
        pairs.to_stage,
        min(later.entered_at) as converted_at,
        {{ min_by('later.position', 'later.entered_at', tie='later.position') }}
        > pairs.to_position as is_skipped
    from pairs
    inner join stays as later
        on pairs.account_id = later.account_id
        and pairs.entered_at < later.entered_at
        and pairs.to_position <= later.position
    group by pairs.account_id, pairs.from_stage, pairs.to_stage, pairs.to_position
),

followed as (
    select
        pairs.account_id,
        pairs.motion,
        first_channels.first_channel,
        pairs.from_stage,
        pairs.to_stage,
        {{ local_month('pairs.entered_at') }} as cohort_month,
        pairs.observed_days,
        {{ days_between('pairs.entered_at', 'conversions.converted_at') }} as days_to_convert,
        conversions.converted_at is not null as is_converted,
        conversions.converted_at is null and not current_stays.is_outside as is_waiting,
        coalesce(conversions.is_skipped, false) as is_skipped,
        pairs.is_reentered,
        pairs.is_regressed,
        pairs.entered_at,
        conversions.converted_at
    from pairs
    inner join current_stays
        on pairs.account_id = current_stays.account_id
    left join conversions
        on pairs.account_id = conversions.account_id
        and pairs.from_stage = conversions.from_stage
        and pairs.to_stage = conversions.to_stage
    left join first_channels
        on pairs.account_id = first_channels.account_id
)

select * from followed
