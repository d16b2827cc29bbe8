-- one row per account: the companies of the CRMs, and the known persons who belong to none
with

companies as (
    select * from {{ ref('int_companies_survived') }}
),

bands as (
    select * from {{ ref('employee_bands') }}
),

individuals as (
    select * from {{ ref('int_individuals_unplaced') }}
),

unioned as (
    select
        account_id,
        parent_account_id,
        source_system,
        account_type,
        motion,
        name,
        domain,
        website,
        industry,
        country,
        region,
        city,
        owner,
        currency,
        employee_count,
        annual_revenue,
        is_deleted,
        created_at
    from companies
    union all
    select
        account_id,
        cast(null as varchar(255)) as parent_account_id,
        cast(null as varchar(255)) as source_system,
        'individual' as account_type,
        motion,
        coalesce(
            nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email
        ) as name,
        cast(null as varchar(255)) as domain,
        cast(null as varchar(255)) as website,
        cast(null as varchar(255)) as industry,
        country,
        cast(null as varchar(255)) as region,
        city,
        cast(null as varchar(255)) as owner,
        cast(null as varchar(255)) as currency,
        cast(null as bigint) as employee_count,
        cast(null as decimal(18, 4)) as annual_revenue,
        false as is_deleted,
        first_seen_at as created_at
    from individuals
),

survived as (
    select
        unioned.*,
        bands.employee_band
    from unioned
    left join bands
        on unioned.employee_count >= bands.min_employees
        and (bands.max_employees is null or unioned.employee_count <= bands.max_employees)
)

select * from survived
