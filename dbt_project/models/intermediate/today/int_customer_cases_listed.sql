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

customer_months as (
    select * from {{ ref('int_customer_months_listed') }}
),

-- the step below the top of the ladder is where customers are, the top where they recommend
{{ customer_moments() }},

listed as (
    select * from recommended
    union all
    select
        rules.kind,
        last_months.account_id,
        last_months.is_hit,
        last_months.happened_at,
        cast(null as timestamp) as touched_until
    from last_months
    inner join rules
        on rules.kind = 'loyalty'
    where {{ add_days('last_months.happened_at', 'rules.within_days') }} < {{ as_of() }}
)

select * from listed
