-- one row per matched person and segment: what a destination is told of them
with

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

moments as (
    select * from {{ ref('int_person_moments_listed') }}
),

payloads as (
    select * from {{ ref('int_segment_payloads_built') }}
),

described as (
    select
        candidates.segment_id,
        candidates.person_id,
        persons.first_name,
        persons.last_name,
        accounts.name as account_name,
        placed.stage,
        definitions.call_to_action,
        definitions.destination_kind,
        coalesce(payloads.payload, '{}') as payload,
        moments.occurred_at as entered_at
    from candidates
    inner join definitions
        on candidates.segment_id = definitions.segment_id
    left join persons
        on candidates.person_id = persons.person_id
    left join placed
        on candidates.person_id = placed.person_id
    left join accounts
        on placed.account_id = accounts.account_id
    left join payloads
        on candidates.segment_id = payloads.segment_id
        and candidates.person_id = payloads.person_id
    left join moments
        on candidates.person_id = moments.person_id
        and definitions.entry_moment = moments.moment
)

select * from described
