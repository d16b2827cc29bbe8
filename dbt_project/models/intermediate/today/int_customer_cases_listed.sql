-- one row per kind of strength and customer: whether it became an advocate, or stayed
with

rules as (
    select * from {{ ref('pain_rules') }}
    where is_active
),

stays as (
    select * from {{ ref('int_ladder_stays_numbered') }}
    where not is_outside
),

ladder as (
    select * from {{ ref('int_stage_ladder_ranked') }}
),

steps as (
    select * from {{ ref('int_stage_steps_ordered') }}
),

customer_months as (
    select * from {{ ref('int_customer_months_listed') }}
),

{{ advocate_places() }},

{{ customer_moments() }},

listed as (
    select * from recommended
    union all
    select * from loyal
)

select * from listed
