-- one row per case that is judged for findings, with the groups it belongs to
with

cases as (
    select * from {{ ref('int_cases_listed') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

classes as (
    select * from {{ ref('int_person_classes_matched') }}
),

personas as (
    select * from {{ ref('int_person_personas_chosen') }}
),

first_channels as (
    select * from {{ ref('int_account_first_channels_chosen') }}
),

deals as (
    select * from {{ ref('int_account_deals_summed') }}
),

journeys as (
    select * from {{ ref('int_journeys_known') }}
),

case_journeys as (
    select
        cases.case_id,
        {{ max_by('journeys.journey_id', 'journeys.opened_at', tie='journeys.journey_id') }}
            as journey_id
    from cases
    inner join journeys
        on cases.account_id = journeys.account_id
        and cases.happened_at >= journeys.opened_at
    group by cases.case_id
),

described as (
    select
        cases.*,
        coalesce(cases.stage, 'all') as population,
        case_journeys.journey_id,
        deals.open_opportunity_amount as open_amount,
        accounts.motion,
        accounts.industry,
        accounts.employee_band,
        accounts.owner,
        accounts.country,
        first_channels.first_channel,
        personas.persona,
        classes.frequency_class,
        classes.age_band,
        classes.age_band || ', ' || cases.mail_band as age_and_mails,
        cast(cast(
            date_trunc('quarter', {{ local_date('cases.happened_at') }}) as date
        ) as varchar(40)) as quarter
    from cases
    left join accounts
        on cases.account_id = accounts.account_id
    left join classes
        on cases.person_id = classes.person_id
    left join personas
        on cases.person_id = personas.person_id
    left join first_channels
        on cases.account_id = first_channels.account_id
    left join deals
        on cases.account_id = deals.account_id
    left join case_journeys
        on cases.case_id = case_journeys.case_id
)

select * from described
