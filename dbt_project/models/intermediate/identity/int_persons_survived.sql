-- one row per person, anonymous ones included, with the values that survive
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

records as (
    select * from {{ ref('int_person_records_unioned') }}
),

fields as (
    select * from {{ ref('int_person_fields_survived') }}
),

identified as (
    select
        person_id,
        max(case when makes_known then 1 else 0 end) = 1 as is_known,
        min(case when identifier_type = 'email_sha256' then identifier_value end)
            as seen_email_sha256,
        {{ ordered_list("case when identifier_type = 'email' then identifier_value end") }}
            as emails,
        count(*) as identifier_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from clusters
    group by person_id
),

recorded as (
    select
        person_id,
        max(case when email_opt_out then 1 else 0 end) = 1 as email_opt_out,
        min(created_at) as created_at
    from records
    group by person_id
),

pivoted as (
    select
        person_id,
        {%- for field in person_fields() %}
        max(case when field = '{{ field }}' then value end) as {{ field }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from fields
    group by person_id
),

survived as (
    select
        -- keys
        identified.person_id,
        -- text
        pivoted.email,
        coalesce({{ sha256_hex('pivoted.email') }}, identified.seen_email_sha256) as email_sha256,
        identified.emails,
        {%- for field in person_fields() if field not in ['email', 'birth_date'] %}
        pivoted.{{ field }},
        {%- endfor %}
        -- numbers
        identified.identifier_count,
        -- booleans
        identified.is_known,
        coalesce(recorded.email_opt_out, false) as email_opt_out,
        -- dates and timestamps
        cast(pivoted.birth_date as date) as birth_date,
        recorded.created_at,
        identified.first_seen_at,
        identified.last_seen_at
    from identified
    left join recorded
        on identified.person_id = recorded.person_id
    left join pivoted
        on identified.person_id = pivoted.person_id
)

select * from survived
