-- one row per record of a CRM that stands for an account or a person, with all its raw fields
{%- set accounts_of = {'accounts': 'account_id', 'opportunities': 'account_id'} %}
{%- set persons_of = {'contacts': 'contact_id', 'leads': 'lead_id'} %}
with

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

records as (
    {%- for kind, id in accounts_of.items() %}
    select
        'account' as entity,
        {{ account_key('source_system', id) }} as entity_id,
        source_system,
        source_table,
        source_record_id,
        coalesce(updated_at, created_at) as stated_at,
        raw_fields
    from {{ ref('int_' ~ kind ~ '_unified') }}
    where {{ id }} is not null and not is_deleted
    union all
    {%- endfor %}
    {%- for kind, id in persons_of.items() %}
    select
        'person' as entity,
        identifiers.person_id as entity_id,
        records.source_system,
        records.source_table,
        records.source_record_id,
        coalesce(records.updated_at, records.created_at) as stated_at,
        records.raw_fields
    from {{ ref('int_' ~ kind ~ '_unified') }} as records
    inner join identifiers
        on identifiers.identifier_id = {{
            identifier_id("'" ~ id ~ "'", 'records.source_system', 'records.' ~ id)
        }}
    where not records.is_deleted
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- what a merged account says is said of the one that took its place
surviving as (
    select
        records.entity,
        coalesce(keys.account_id, records.entity_id) as entity_id,
        records.source_system,
        records.source_table,
        records.source_record_id,
        records.stated_at,
        records.raw_fields
    from records
    left join keys
        on records.entity_id = keys.account_key
)

select * from surviving
