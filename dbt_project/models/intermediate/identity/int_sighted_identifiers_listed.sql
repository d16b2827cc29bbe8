-- one row per sighting and identifier on it
with

sightings as (
    select * from {{ ref('int_sightings_unioned') }}
),

listed as (
    {%- for identifier_type, issuer in identifier_columns().items() %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    select
        sighting_id,
        {{ identifier_id("'" ~ identifier_type ~ "'", issuer, identifier_type) }} as identifier_id,
        '{{ identifier_type }}' as identifier_type,
        {{ issuer }} as issuer,
        {{ identifier_type }} as identifier_value,
        source_system,
        source_table,
        source_record_id,
        first_seen_at,
        last_seen_at,
        misdated_rule_id
    from sightings
    where {{ identifier_type }} is not null
    {%- endfor %}
)

select * from listed
