-- one row per pair of addresses that are spellings of one mailbox, or one the hash of the other
with

identifiers as (
    select * from {{ ref('int_identifiers_numbered') }}
),

providers as (
    select * from {{ ref('mailbox_providers') }}
),

rules as (
    select * from {{ ref('identity_rules') }}
    where is_active
),

spelling_rules as (
    select
        max(case when method = 'plus_tag' then 1 else 0 end) = 1 as joins_tags,
        max(case when method = 'provider_spelling' then 1 else 0 end) = 1 as joins_providers,
        min(max_count) as max_spellings
    from rules
    where method in ('plus_tag', 'provider_spelling')
),

emails as (
    select
        *,
        {{ identifier_id("'email_sha256'", "''", sha256_hex('identifier_value')) }}
            as hashed_identifier_id,
        {{ untagged_email('identifier_value') }} as untagged_email
    from identifiers
    where identifier_type = 'email'
),

spelled as (
    select
        emails.*,
        spelling_rules.joins_providers,
        spelling_rules.max_spellings,
        case
            when spelling_rules.joins_tags then emails.untagged_email
            else emails.identifier_value
        end as address
    from emails
    cross join spelling_rules
),

housed as (
    select
        spelled.*,
        case
            when providers.ignores_dots
                then replace({{ email_local_part('address') }}, '.', '')
            else {{ email_local_part('address') }}
        end as mailbox,
        coalesce(providers.mailbox_domain, {{ email_domain('address') }}) as mailbox_domain
    from spelled
    left join providers
        on {{ email_domain('address') }} = providers.domain
        and spelled.joins_providers
),

counted as (
    select
        *,
        min(node) over (partition by mailbox, mailbox_domain) as oldest_node,
        count(*) over (partition by mailbox, mailbox_domain) as spelling_count
    from housed
),

spellings as (
    select
        counted.identifier_id,
        oldest.identifier_id as other_identifier_id,
        case
            when counted.untagged_email = oldest.untagged_email then 'plus_tag'
            else 'provider_spelling'
        end as evidence,
        counted.source_system,
        greatest(counted.first_seen_at, oldest.first_seen_at) as first_seen_at
    from counted
    inner join emails as oldest
        on counted.oldest_node = oldest.node
    where counted.node <> oldest.node
        and counted.spelling_count <= coalesce(counted.max_spellings, counted.spelling_count)
),

hashed as (
    select
        emails.identifier_id,
        hashed_addresses.identifier_id as other_identifier_id,
        rules.method as evidence,
        emails.source_system,
        greatest(emails.first_seen_at, hashed_addresses.first_seen_at) as first_seen_at
    from emails
    inner join identifiers as hashed_addresses
        on emails.hashed_identifier_id = hashed_addresses.identifier_id
    inner join rules
        on rules.method = 'email_hash'
),

unioned as (
    select * from hashed
    union all
    select * from spellings
),

derived as (
    select
        least(identifier_id, other_identifier_id) as left_identifier_id,
        greatest(identifier_id, other_identifier_id) as right_identifier_id,
        evidence,
        source_system,
        cast(null as varchar(255)) as source_record_id,
        first_seen_at,
        first_seen_at as last_seen_at
    from unioned
)

select * from derived
