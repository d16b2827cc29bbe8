-- one row per known person with an account: their role, and whether they acted of late
with

placed as (
    select * from {{ ref('int_persons_placed') }}
    where account_id is not null
),

personas as (
    select * from {{ ref('int_person_personas_chosen') }}
),

windows as (
    select max(engaged_within_days) as engaged_within_days
    from {{ ref('committee_roles') }}
    where is_active
),

engaged as (
    select
        placed.account_id,
        placed.person_id,
        personas.buying_role,
        personas.seniority,
        acts.days_since_act,
        coalesce(acts.days_since_act <= windows.engaged_within_days, false) as is_engaged,
        coalesce(mailable.may_be_mailed, false) as may_be_mailed
    from placed
    cross join windows
    left join personas
        on placed.person_id = personas.person_id
    left join {{ ref('int_person_acts_aged') }} as acts
        on placed.person_id = acts.person_id
    left join {{ ref('int_persons_mailable_known') }} as mailable
        on placed.person_id = mailable.person_id
)

select * from engaged
