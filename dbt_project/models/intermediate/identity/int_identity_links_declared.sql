-- one row per pair of identifiers that somebody calls one human or two: a row, a merge of a CRM
with

contacts as (
    select * from {{ ref('int_contacts_unified') }}
),

leads as (
    select * from {{ ref('int_leads_unified') }}
),

links as (
    select * from {{ ref('identity_links') }}
    where is_active
),

screened as (
    select identifier_id from {{ ref('int_identifiers_screened') }}
),

declared as (
    select
        action,
        {{ declared_identifier('left') }} as identifier_id,
        {{ declared_identifier('right') }} as other_identifier_id,
        'identity_link' as evidence,
        rule_id,
        coalesce(left_issuer, right_issuer, 'identity_links') as source_system,
        rule_id as source_record_id,
        cast(null as timestamp) as first_seen_at
    from links
    {%- for table in ['contact', 'lead'] %}
    union all
    select
        'link' as action,
        {{ identifier_id("'" ~ table ~ "_id'", 'source_system', table ~ '_id') }} as identifier_id,
        {{ identifier_id("'" ~ table ~ "_id'", 'source_system', 'merged_into_id') }}
            as other_identifier_id,
        'merged_record' as evidence,
        cast(null as varchar(255)) as rule_id,
        source_system,
        source_record_id,
        updated_at as first_seen_at
    from {{ table }}s
    where merged_into_id is not null
    {%- endfor %}
),

paired as (
    select
        least(identifier_id, other_identifier_id) as left_identifier_id,
        greatest(identifier_id, other_identifier_id) as right_identifier_id,
        action,
        evidence,
        rule_id,
        source_system,
        source_record_id,
        first_seen_at
    from declared
    where identifier_id <> other_identifier_id
),

-- a merge into nothing, as some write it, is no merge
meant as (
    select paired.*
    from paired
    left join screened
        on paired.left_identifier_id = screened.identifier_id
    left join screened as others
        on paired.right_identifier_id = others.identifier_id
    where paired.rule_id is not null
        or (screened.identifier_id is null and others.identifier_id is null)
)

select * from meant
