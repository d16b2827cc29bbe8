-- one row per person and company it belonged to; a later equal or better reason takes over
with

candidates as (
    select * from {{ ref('int_account_candidates_scored') }}
    where is_acceptable
),

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

dated as (
    select
        candidates.*,
        persons.first_seen_at,
        coalesce(
            greatest(candidates.starts_at, persons.first_seen_at),
            timestamp '1900-01-01'
        ) as taken_from
    from candidates
    inner join persons
        on candidates.person_id = persons.person_id
),

compared as (
    select
        *,
        min(priority) over (partition by person_id order by taken_from) as best_priority_so_far,
        row_number() over (
            partition by person_id, taken_from
            order by priority asc, confidence desc, account_id asc, rule_id asc, evidence asc
        ) as rank_at_moment
    from dated
),

taking_over as (
    select
        *,
        lag(account_id) over (partition by person_id order by taken_from) as previous_account_id
    from compared
    where priority = best_priority_so_far
        and rank_at_moment = 1
),

moves as (
    select
        *,
        row_number() over (partition by person_id order by taken_from) as move_number,
        lead(taken_from) over (partition by person_id order by taken_from) as next_taken_from
    from taking_over
    where previous_account_id is null
        or previous_account_id <> account_id
),

timed as (
    select
        person_id,
        account_id,
        method,
        evidence,
        confidence,
        case
            when move_number = 1 then coalesce(first_seen_at, timestamp '1900-01-01')
            else taken_from
        end as valid_from,
        next_taken_from as valid_to,
        rule_id
    from moves
)

select * from timed
