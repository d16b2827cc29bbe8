-- one row per known person and account: those it belonged to, and those considered
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

memberships as (
    select * from {{ ref('int_account_memberships_timed') }}
),

candidates as (
    select * from {{ ref('int_account_candidates_scored') }}
),

evidence as (
    select * from {{ ref('int_account_evidence_unioned') }}
),

own_account_rules as (
    select * from {{ ref('account_match_rules') }}
    where is_active
        and method = 'own_account'
),

free_mail_users as (
    select distinct person_id from evidence
    where is_free_mail
),

undecided as (
    select distinct person_id from candidates
    where not is_acceptable and not is_for_review
),

placed as (
    select distinct person_id from memberships
),

chosen_companies as (
    select distinct
        person_id,
        account_id
    from memberships
),

ranked_others as (
    select
        candidates.*,
        row_number() over (
            partition by candidates.person_id, candidates.account_id
            order by
                candidates.priority,
                candidates.starts_at nulls last,
                candidates.rule_id,
                candidates.evidence
        ) as preference
    from candidates
    left join chosen_companies
        on candidates.person_id = chosen_companies.person_id
        and candidates.account_id = chosen_companies.account_id
    where chosen_companies.person_id is null
),

linked as (
    select
        person_id,
        account_id,
        valid_from,
        valid_to,
        'matched' as match_status,
        method,
        confidence,
        evidence,
        true as is_chosen,
        rule_id
    from memberships
    union all
    select
        ranked_others.person_id,
        ranked_others.account_id,
        coalesce(ranked_others.starts_at, persons.first_seen_at, timestamp '1900-01-01')
            as valid_from,
        cast(null as timestamp) as valid_to,
        case when ranked_others.is_acceptable then 'matched' else 'ambiguous' end as match_status,
        ranked_others.method,
        ranked_others.confidence,
        ranked_others.evidence,
        false as is_chosen,
        ranked_others.rule_id
    from ranked_others
    inner join persons
        on ranked_others.person_id = persons.person_id
    where ranked_others.preference = 1
    union all
    select
        persons.person_id,
        {{ surrogate_key(["'individual'", 'persons.person_id']) }} as account_id,
        coalesce(persons.first_seen_at, timestamp '1900-01-01') as valid_from,
        cast(null as timestamp) as valid_to,
        case
            when undecided.person_id is not null then 'ambiguous'
            when free_mail_users.person_id is not null then 'free_mail'
            else 'unmatched'
        end as match_status,
        own_account_rules.method,
        own_account_rules.confidence,
        persons.email as evidence,
        true as is_chosen,
        own_account_rules.rule_id
    from persons
    cross join own_account_rules
    left join placed
        on persons.person_id = placed.person_id
    left join undecided
        on persons.person_id = undecided.person_id
    left join free_mail_users
        on persons.person_id = free_mail_users.person_id
    where placed.person_id is null
)

select * from linked
