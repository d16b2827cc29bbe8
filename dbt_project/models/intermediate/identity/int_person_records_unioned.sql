-- one row per contact or lead record, with the person it describes
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

contacts as (
    select * from {{ ref('int_contacts_unified') }}
),

leads as (
    select * from {{ ref('int_leads_unified') }}
),

records as (
    select
        'contacts' as source_table,
        source_system,
        source_record_id,
        {{ identifier_id("'contact_id'", 'source_system', 'contact_id') }} as identifier_id,
        account_id as linked_account_id,
        cast(null as varchar(65535)) as website,
        {{- person_field_columns('contacts') }}
        coalesce(email_opt_out, false) as email_opt_out,
        is_deleted or merged_into_id is not null as is_deleted,
        created_at,
        coalesce(updated_at, created_at) as updated_at,
        coalesce(created_at, updated_at) as linked_from
    from contacts
    union all
    select
        'leads' as source_table,
        source_system,
        source_record_id,
        {{ identifier_id("'lead_id'", 'source_system', 'lead_id') }} as identifier_id,
        converted_account_id as linked_account_id,
        nullif(trim(website), '') as website,
        {{- person_field_columns('leads') }}
        false as email_opt_out,
        is_deleted or merged_into_id is not null as is_deleted,
        created_at,
        coalesce(updated_at, created_at) as updated_at,
        coalesce(converted_at, created_at, updated_at) as linked_from
    from leads
),

owned as (
    select
        clusters.person_id,
        records.*
    from records
    inner join clusters
        on records.identifier_id = clusters.identifier_id
),

unioned as (
    select
        owned.*,
        addresses.person_id = owned.person_id as owns_email
    from owned
    left join clusters as addresses
        on {{ identifier_id("'email'", "''", 'owned.email') }} = addresses.identifier_id
)

select * from unioned
