-- one row per person, attribute and value of what records say: loyalty, roles, variants, own fields
with

loyalty as (
    select * from {{ ref('int_person_loyalty_chosen') }}
),

roles as (
    select * from {{ ref('int_person_roles_listed') }}
),

variants as (
    select * from {{ ref('int_experiment_variants_assigned') }}
    where person_id is not null
),

custom_attributes as (
    select * from {{ ref('int_custom_attributes_chosen') }}
    where entity = 'person'
),

texts as (
    select
        person_id,
        'loyalty_tier' as attribute,
        loyalty_tier as value_text
    from loyalty
    where loyalty_tier is not null
    union
    select
        person_id,
        'opportunity_roles' as attribute,
        role as value_text
    from roles
    union
    select
        person_id,
        'experiment_variants' as attribute,
        experiment_id || ':' || variant as value_text
    from variants
),

listed as (
    select
        person_id,
        attribute,
        value_text,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from texts
    union all
    select
        person_id,
        'loyalty_points' as attribute,
        cast(null as varchar(255)) as value_text,
        cast(loyalty_points as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from loyalty
    where loyalty_points is not null
    union all
    select
        entity_id as person_id,
        attribute,
        value_text,
        cast(value_number as decimal(18, 6)) as value_number,
        value_date
    from custom_attributes
)

select * from listed
