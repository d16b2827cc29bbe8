-- one row per person and thing that points to an account: a link, a domain or a name
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

records as (
    select
        *,
        {{ host_of('website') }} as host
    from {{ ref('int_person_records_unioned') }}
    where not is_deleted
),

hosts as (
    select * from {{ source('lookups', 'hosts') }}
),

company_names as (
    select * from {{ source('lookups', 'company_names') }}
),

deal_roles as (
    select * from {{ ref('int_deal_roles_listed') }}
),

contact_accounts as (
    select * from {{ ref('int_contact_accounts_unified') }}
),

stated_accounts as (
    select * from {{ ref('int_person_accounts_stated') }}
),

emails as (
    select
        person_id,
        first_seen_at,
        {{ email_domain('identifier_value') }} as host
    from clusters
    where identifier_type = 'email'
),

unioned as (
    select
        records.person_id,
        'crm_link' as method,
        {{ account_key('records.source_system', 'contact_accounts.account_id') }} as wanted,
        cast(null as varchar(255)) as wanted_country,
        'contacts ' || records.source_record_id || case
            when contact_accounts.is_first then ''
            else ' from ' || cast(cast(contact_accounts.stated_from as date) as varchar(40))
        end as evidence,
        false as is_free_mail,
        contact_accounts.stated_from as starts_at
    from records
    inner join contact_accounts
        on records.source_system = contact_accounts.source_system
        and records.source_record_id = contact_accounts.source_record_id
    where records.source_table = 'contacts'
    union all
    select
        person_id,
        'crm_link' as method,
        {{ account_key('source_system', 'linked_account_id') }} as wanted,
        cast(null as varchar(255)) as wanted_country,
        source_table || ' ' || source_record_id as evidence,
        false as is_free_mail,
        linked_from as starts_at
    from records
    where linked_account_id is not null and source_table <> 'contacts'
    union all
    select
        person_id,
        'record_link' as method,
        account_key as wanted,
        cast(null as varchar(255)) as wanted_country,
        evidence,
        false as is_free_mail,
        starts_at
    from stated_accounts
    union all
    select
        person_id,
        'deal_role' as method,
        account_id as wanted,
        cast(null as varchar(255)) as wanted_country,
        evidence,
        false as is_free_mail,
        starts_at
    from deal_roles
    union all
    select
        emails.person_id,
        'email_domain' as method,
        hosts.registrable_domain as wanted,
        cast(null as varchar(255)) as wanted_country,
        hosts.registrable_domain as evidence,
        hosts.is_free_mail or hosts.is_disposable as is_free_mail,
        emails.first_seen_at as starts_at
    from emails
    inner join hosts
        on emails.host = hosts.host
    union all
    select
        records.person_id,
        'stated_domain' as method,
        hosts.registrable_domain as wanted,
        cast(null as varchar(255)) as wanted_country,
        hosts.registrable_domain as evidence,
        hosts.is_free_mail or hosts.is_disposable as is_free_mail,
        records.linked_from as starts_at
    from records
    inner join hosts
        on records.host = hosts.host
    union all
    select
        records.person_id,
        'stated_name' as method,
        company_names.normalised_name as wanted,
        records.country as wanted_country,
        records.company_name as evidence,
        false as is_free_mail,
        records.linked_from as starts_at
    from records
    inner join company_names
        on records.company_name = company_names.name
    where company_names.normalised_name is not null
        and records.country is not null
)

select * from unioned
