-- one row per case that is judged for findings, with the groups it belongs to
with

cases as (
    select * from {{ ref('int_cases_listed') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

persons as (
    select
        *,
        {{ ratio(
            days_between('cast(birth_date as timestamp)', as_of()), '365.25', 'decimal(12, 4)'
        ) }} as age
    from {{ ref('int_persons_survived') }}
),

bands as (
    select * from {{ ref('experience_bands') }}
    where slice_type = 'age_band' and is_active
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
        {{ max_by('journeys.journey_id', 'journeys.opened_at') }} as journey_id
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
        coalesce(accounts.country, persons.country) as country,
        first_channels.first_channel,
        bands.band as age_band,
        bands.band || ', ' || cases.mail_band as age_and_mails,
        cast(cast(
            date_trunc('quarter', {{ local_date('cases.happened_at') }}) as date
        ) as varchar(40)) as quarter
    from cases
    left join accounts
        on cases.account_id = accounts.account_id
    left join persons
        on cases.person_id = persons.person_id
    left join bands
        on persons.age >= bands.from_value
        and persons.age < coalesce(bands.below_value, persons.age + 1)
    left join first_channels
        on cases.account_id = first_channels.account_id
    left join deals
        on cases.account_id = deals.account_id
    left join case_journeys
        on cases.case_id = case_journeys.case_id
)

select * from described
