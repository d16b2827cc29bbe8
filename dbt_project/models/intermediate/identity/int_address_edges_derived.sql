-- one row per pair of addresses that are spellings of one: a plus tag, or the hash of the other
with

identifiers as (
    select * from {{ ref('int_identifiers_numbered') }}
),

rules as (
    select * from {{ ref('identity_rules') }}
    where is_active
),

emails as (
    select
        *,
        {{ untagged_email('identifier_value') }} as untagged_email,
        {{ identifier_id("'email_sha256'", "''", sha256_hex('identifier_value')) }}
            as hashed_identifier_id
    from identifiers
    where identifier_type = 'email'
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

oldest_spellings as (
    select
        untagged_email,
        min(node) as oldest_node
    from emails
    group by untagged_email
    having count(*) > 1
),

tagged as (
    select
        emails.identifier_id,
        oldest.identifier_id as other_identifier_id,
        rules.method as evidence,
        emails.source_system,
        greatest(emails.first_seen_at, oldest.first_seen_at) as first_seen_at
    from emails
    inner join oldest_spellings
        on emails.untagged_email = oldest_spellings.untagged_email
    inner join emails as oldest
        on oldest_spellings.oldest_node = oldest.node
    inner join rules
        on rules.method = 'plus_tag'
    where emails.node <> oldest.node
),

unioned as (
    select * from hashed
    union all
    select * from tagged
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
