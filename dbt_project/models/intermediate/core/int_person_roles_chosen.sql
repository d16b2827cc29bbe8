-- one row per person with a role in a deal: the primary role in the latest deal
with

roles as (
    select * from {{ ref('int_person_roles_listed') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id
            order by
                opportunity_created_at desc nulls last,
                is_primary desc,
                opportunity_id asc,
                source_system asc,
                role asc
        ) as preference
    from roles
),

chosen as (
    select
        person_id,
        role as buying_role
    from ranked
    where preference = 1
)

select * from chosen
