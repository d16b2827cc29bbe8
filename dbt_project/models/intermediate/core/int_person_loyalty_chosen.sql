-- one row per person with a loyalty status: that of the contact changed last
with

contacts as (
    select * from {{ ref('int_contacts_unified') }}
    where not is_deleted and (loyalty_tier is not null or loyalty_points is not null)
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

ranked as (
    select
        identifiers.person_id,
        contacts.loyalty_tier,
        contacts.loyalty_points,
        row_number() over (
            partition by identifiers.person_id
            order by
                coalesce(contacts.updated_at, contacts.created_at) desc nulls last,
                contacts.source_system asc,
                contacts.source_record_id asc
        ) as preference
    from contacts
    inner join identifiers
        on identifiers.identifier_id = {{
            identifier_id("'contact_id'", 'contacts.source_system', 'contacts.contact_id')
        }}
),

chosen as (
    select
        person_id,
        loyalty_tier,
        loyalty_points
    from ranked
    where preference = 1
)

select * from chosen
