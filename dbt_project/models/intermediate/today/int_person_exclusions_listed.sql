-- one row per known person and excluded domain: of one of their addresses or of their account
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
    where domain_reason is not null
),

excluded_domains as (
    select * from {{ ref('excluded_domains') }}
    where is_active
),

listed as (
    select
        placed.person_id,
        addresses.domain_reason as reason,
        addresses.excluded_domain as rule_id
    from addresses
    inner join placed
        on addresses.person_id = placed.person_id
    union
    select
        placed.person_id,
        excluded_domains.reason,
        excluded_domains.domain as rule_id
    from placed
    inner join excluded_domains
        on placed.account_domain = excluded_domains.domain
)

select * from listed
