-- one row per known person: the account, stage and consent regime they are in at as_of
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

memberships as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen and valid_to is null
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

intervals as (
    select * from {{ ref('int_stage_intervals_known') }}
    where exited_at is null
),

scores as (
    select * from {{ ref('int_icp_scores_summed') }}
),

countries as (
    select * from {{ ref('consent_countries') }}
    where is_active
),

clocks as (
    {{ local_clocks() }}
),

placed as (
    select
        -- keys
        persons.person_id,
        accounts.account_id,
        -- text
        accounts.motion,
        accounts.domain as account_domain,
        intervals.stage,
        intervals.rule_id as stage_rule_id,
        scores.icp_tier,
        coalesce(countries.regime, strictest.regime) as regime,
        countries.country_code,
        -- numbers
        coalesce(own_clocks.minutes, country_clocks.minutes, our_clocks.minutes) as clock_minutes,
        -- timestamps
        intervals.entered_at as stage_entered_at,
        persons.first_seen_at
    from persons
    left join memberships
        on persons.person_id = memberships.person_id
    left join accounts
        on memberships.account_id = accounts.account_id
    left join intervals
        on memberships.account_id = intervals.account_id
    left join scores
        on memberships.account_id = scores.account_id
    left join countries
        on lower(trim(persons.country)) = countries.country
    left join countries as strictest
        on strictest.country = 'unknown'
    left join clocks as own_clocks
        on lower(trim(persons.timezone)) = own_clocks.timezone
    left join clocks as country_clocks
        on lower(trim(countries.timezone)) = country_clocks.timezone
    left join clocks as our_clocks
        on lower('{{ var("reporting_timezone") }}') = our_clocks.timezone
)

select * from placed
