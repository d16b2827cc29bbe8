-- known persons whose chosen accounts begin late, leave a gap or overlap
-- do: look at the person in int_persons_linked_to_accounts: two candidates of
-- account_match_rules.csv hold at once, or none does
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

chosen as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
),

ordered as (
    select
        *,
        lead(valid_from) over (partition by person_id order by valid_from, account_id) as next_from,
        row_number() over (partition by person_id order by valid_from, account_id) as position
    from chosen
),

broken as (
    select person_id, 'gap or overlap' as problem from ordered
    where next_from is distinct from valid_to
    union all
    select persons.person_id, 'does not begin at first sight' as problem
    from persons
    left join ordered
        on persons.person_id = ordered.person_id
        and ordered.position = 1
    where ordered.valid_from is null
        or ordered.valid_from <> coalesce(persons.first_seen_at, timestamp '1900-01-01')
)

select * from broken
