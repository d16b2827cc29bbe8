-- one row per person and email address they are known by
with

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where identifier_type = 'email'
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

hosts as (
    select * from {{ source('lookups', 'hosts') }}
),

role_addresses as (
    select * from {{ ref('role_addresses') }}
),

excluded_domains as (
    select * from {{ ref('excluded_domains') }}
    where is_active
),

split as (
    select
        identifier_id,
        person_id,
        identifier_type as address_type,
        identifier_value as email,
        {{ email_local_part(untagged_email('identifier_value')) }} as local_part,
        {{ email_domain('identifier_value') }} as email_domain,
        last_seen_at
    from identifiers
),

described as (
    select
        -- keys
        split.identifier_id,
        split.person_id,
        -- text
        split.address_type,
        split.email,
        {{ untagged_email('split.email') }} as mailbox,
        split.email_domain,
        case
            when role_addresses.local_part is not null then 'role'
            when hosts.is_disposable then 'disposable'
        end as address_flag,
        coalesce(exact_domains.reason, registrable_domains.reason) as domain_reason,
        coalesce(exact_domains.domain, registrable_domains.domain) as excluded_domain,
        -- booleans
        coalesce(split.email = persons.email, false) as is_preferred,
        -- timestamps
        split.last_seen_at
    from split
    left join persons
        on split.person_id = persons.person_id
    left join hosts
        on split.email_domain = hosts.host
    left join role_addresses
        on split.local_part = role_addresses.local_part
    left join excluded_domains as exact_domains
        on split.email_domain = exact_domains.domain
    left join excluded_domains as registrable_domains
        on hosts.registrable_domain = registrable_domains.domain
)

select * from described
