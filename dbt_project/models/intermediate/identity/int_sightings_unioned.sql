-- one row per combination of identifiers that stand together on records of one table
with

unioned as (
    select * from {{ ref('int_crm_sightings_listed') }}
    union all
    select * from {{ ref('int_web_sightings_listed') }}
    union all
    select * from {{ ref('int_voice_sightings_listed') }}
),

keyed as (
    select
        {{ surrogate_key(['source_table', 'source_system'] + identifier_columns().keys() | list) }}
            as sighting_id,
        *
    from unioned
)

select * from keyed
