-- one row per deal and stay in a stage of the CRM before it ended; without a log it has one
with

deals as (
    select * from {{ ref('int_deals_priced') }}
),

changes as (
    select * from {{ ref('int_opportunity_stage_changes_unified') }}
),

-- what is logged as the deal ends is its ending, and no stage in which it could be found
logged as (
    select
        deals.source_system,
        deals.opportunity_id,
        changes.source_record_id,
        changes.stage,
        changes.changed_at as entered_at,
        lead(changes.changed_at) over (
            partition by changes.source_system, changes.opportunity_id
            order by changes.changed_at, changes.source_record_id
        ) as left_at
    from deals
    inner join changes
        on deals.source_system = changes.source_system
        and deals.opportunity_id = changes.opportunity_id
    where not deals.has_ended
        or changes.changed_at < deals.ended_at
        and (
            cast(changes.changed_at as date) < cast(deals.ended_at as date)
            or changes.stage <> deals.stage
        )
),

-- without a log nobody knows where an ended deal was
listed as (
    select
        deals.source_system,
        deals.opportunity_id,
        coalesce(logged.source_record_id, 'created') as entered_by,
        deals.opportunity_type,
        case
            when logged.opportunity_id is not null then logged.stage
            when not deals.has_ended then deals.stage
        end as stage,
        deals.is_won,
        coalesce(logged.entered_at, deals.created_at) as entered_at,
        coalesce(logged.left_at, deals.ended_at) as exited_at,
        deals.ended_at
    from deals
    left join logged
        on deals.source_system = logged.source_system
        and deals.opportunity_id = logged.opportunity_id
)

select * from listed
