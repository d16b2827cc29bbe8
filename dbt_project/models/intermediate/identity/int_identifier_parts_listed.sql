-- one row per identifier and part of it that a rule may look at
with

identifiers as (
    select * from {{ ref('int_identifiers_numbered') }}
),

role_addresses as (
    select * from {{ ref('role_addresses') }}
),

emails as (
    select
        identifier_id,
        {{ email_local_part(untagged_email('identifier_value')) }} as local_part,
        {{ email_domain('identifier_value') }} as email_domain
    from identifiers
    where identifier_type = 'email'
),

unioned as (
    select
        identifier_id as entity_id,
        'value' as attribute,
        identifier_value as value_text
    from identifiers
    union all
    select
        identifier_id as entity_id,
        'local_part' as attribute,
        local_part as value_text
    from emails
    union all
    select
        identifier_id as entity_id,
        'domain' as attribute,
        email_domain as value_text
    from emails
    union all
    select
        emails.identifier_id as entity_id,
        'is_role_address' as attribute,
        'true' as value_text
    from emails
    inner join role_addresses
        on emails.local_part = role_addresses.local_part
),

listed as (
    select
        *,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from unioned
)

select * from listed
