-- one row per fact of a deal: it was opened, won or lost
with

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

ended as (
    select
        *,
        -- a closing date may be a plan for a deal that has ended already
        coalesce(
            closed_at, least(cast(close_date as timestamp), updated_at), created_at
        ) as ended_at
    from opportunities
    where not is_deleted and account_id is not null
),

converted as (
    select
        ended.*,
        {{ in_reporting_currency('ended.amount', 'ended.currency', 'rates.rate_to_reporting') }}
            as reporting_amount
    from ended
    left join rates
        on ended.currency = rates.currency
        and cast(ended.ended_at as date) >= rates.valid_from
        and cast(ended.ended_at as date) < rates.valid_to
),

facts as (
    select
        *,
        'opportunity_opened' as fact,
        created_at as occurred_at
    from converted
    union all
    select
        *,
        case when is_won then 'opportunity_won' else 'opportunity_lost' end as fact,
        ended_at as occurred_at
    from converted
    where is_won or is_closed
),

listed as (
    select
        -- keys
        {{ account_key('source_system', 'account_id') }} as account_id,
        cast(null as varchar(255)) as person_id,
        -- text
        source_system,
        fact,
        opportunity_type as variant,
        -- numbers
        reporting_amount as value,
        -- timestamps
        occurred_at,
        -- evidence
        'opportunity' as evidence_type,
        opportunity_id as evidence_id
    from facts
    where occurred_at is not null
)

select * from listed
