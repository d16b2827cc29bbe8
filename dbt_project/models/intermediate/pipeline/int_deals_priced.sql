-- one row per deal of an account: its amount in the reporting currency, and when it ended if it did
with

opportunities as (
    select
        *,
        {{ account_key('source_system', 'account_id') }} as account_key,
        coalesce(is_closed or is_won, false) as has_ended,
        coalesce(
            closed_at, least(cast(close_date as timestamp), updated_at), created_at
        ) as priced_at
    from {{ ref('int_opportunities_unified') }}
    where not is_deleted
        and account_id is not null
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

teams as (
    select * from {{ ref('sales_teams') }}
    where is_active
),

priced as (
    select
        -- keys
        opportunities.source_system,
        opportunities.opportunity_id,
        coalesce(keys.account_id, opportunities.account_key) as account_id,
        -- text
        coalesce(opportunities.opportunity_type, 'unknown') as opportunity_type,
        opportunities.stage,
        opportunities.owner,
        teams.team,
        -- numbers
        opportunities.probability,
        {{ in_reporting_currency(
            'opportunities.amount', 'opportunities.currency', 'rates.rate_to_reporting'
        ) }} as amount,
        -- booleans
        opportunities.has_ended,
        coalesce(opportunities.is_won, false) as is_won,
        -- dates and timestamps
        opportunities.close_date,
        opportunities.created_at,
        case when opportunities.has_ended then opportunities.priced_at end as ended_at
    from opportunities
    left join keys
        on opportunities.account_key = keys.account_key
    left join teams
        on opportunities.owner = teams.owner
    left join rates
        on opportunities.currency = rates.currency
        and cast(opportunities.priced_at as date) >= rates.valid_from
        and cast(opportunities.priced_at as date) < rates.valid_to
)

select * from priced
