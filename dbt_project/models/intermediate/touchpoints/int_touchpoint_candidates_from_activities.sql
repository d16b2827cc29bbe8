-- one row per call, meeting, mail or chat logged in a CRM; its type leaves out mere paperwork
with

activities as (
    select * from {{ ref('int_activities_unified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where record_kind = 'activities' and grain = 'own'
),

shaped as (
    select
        {{ surrogate_key(
            ['activities.source_system', 'activities.source_table', 'activities.source_record_id']
        ) }} as candidate_id,
        activities.source_system,
        activities.source_table,
        activities.source_record_id,
        types.type_id,
        case
            when activities.contact_id is not null
                then {{ identifier_id(
                    "'contact_id'", 'activities.source_system', 'activities.contact_id'
                ) }}
            when activities.lead_id is not null
                then {{ identifier_id(
                    "'lead_id'", 'activities.source_system', 'activities.lead_id'
                ) }}
        end as identifier_id,
        case
            when activities.account_id is not null
                then {{ account_key('activities.source_system', 'activities.account_id') }}
        end as stated_account_id,
        cast(null as varchar(255)) as campaign_id,
        cast(null as varchar(32)) as session_id,
        activities.product_id,
        cast(null as varchar(255)) as transaction_id,
        activities.subject as content,
        activities.outcome as content_type,
        activities.category,
        cast(null as varchar(255)) as device,
        cast(null as varchar(255)) as channel,
        cast(null as varchar(255)) as purpose,
        activities.duration_seconds,
        cast(null as decimal(18, 2)) as value,
        false as is_bot,
        cast(null as boolean) as is_engaged,
        activities.occurred_at,
        cast(null as varchar(255)) as channel_rule_id
    from activities
    inner join types
        on activities.source_system = types.source_system
        and activities.activity_type = types.event
        and coalesce(activities.direction, '') = types.event_direction
)

select * from shaped
