"""Measures of who is who: identifiers joined to persons, persons placed at accounts."""

from __future__ import annotations

from orchestration.lib.measuring.measures import Measure, compared

# identifiers as the marts have them, with the true person; one that is linkable some record lets
# anybody tie to their person
_TOLD = """
    known as (
        select distinct truth.true_person_id, marts.person_id, marts.identifier_id,
            truth.is_linkable = 'true' as is_linkable
        from truth_identifiers as truth
        inner join marts.dim_identifiers as marts
            on truth.identifier_type = marts.identifier_type
            and lower(trim(truth.value)) = lower(marts.identifier_value)
    ),
    told as (
        select * from known where is_linkable
    )"""

PERSONS = Measure(
    name="persons",
    counts="pairs of identifiers of one person that some record ties, and any wrong pair",
    precision_goal=0.999,
    recall_goal=0.98,
    query=compared(f"""{_TOLD},
    truths as (
        select one.identifier_id, other.identifier_id as other_id
        from told as one inner join told as other using (true_person_id)
        where one.identifier_id < other.identifier_id
    ),
    wrong as (
        select one.identifier_id, other.identifier_id as other_id
        from known as one inner join known as other using (person_id)
        where one.identifier_id < other.identifier_id
        except
        select one.identifier_id, other.identifier_id as other_id
        from known as one inner join known as other using (true_person_id)
        where one.identifier_id < other.identifier_id
    ),
    claims as (
        select one.identifier_id, other.identifier_id as other_id
        from told as one inner join told as other using (person_id)
        where one.identifier_id < other.identifier_id
        union
        select * from wrong
    )"""),
)

ACCOUNTS = Measure(
    name="chosen accounts",
    counts="persons at a company of the CRM, or at none for shoppers; a mover is at two",
    precision_goal=0.995,
    recall_goal=0.97,
    query=compared(f"""{_TOLD},
    votes as (
        select person_id, true_person_id, count(*) as votes
        from told group by person_id, true_person_id
    ),
    persons as (
        select person_id, arg_min(true_person_id, (-votes, true_person_id)) as true_person_id
        from votes group by person_id
    ),
    companies as (
        select true_account_id, md5('files|' || unnest(string_split(crm_account_ids, '|')))
            as account_id
        from truth_accounts where crm_account_ids is not null
    ),
    belongs as (
        select true_person_id, true_account_id from truth_memberships
        union
        select true_person_id, true_account_id from truth_persons where is_shared_mailbox = 'true'
    ),
    truths as (
        select distinct belongs.true_person_id,
            if(accounts.motion = 'b2c', 'none', accounts.true_account_id) as account
        from belongs inner join truth_accounts as accounts using (true_account_id)
        where accounts.motion = 'b2c' or accounts.crm_account_ids is not null
    ),
    claims as (
        select distinct persons.true_person_id, case marts.account_type
            when 'individual' then 'none' else coalesce(companies.true_account_id, '?') end
            as account
        from marts.fct_account_matches as matches
        inner join persons using (person_id)
        inner join marts.dim_accounts as marts using (account_id)
        left join companies using (account_id)
        where matches.is_chosen
            and persons.true_person_id in (select true_person_id from truths)
    )"""),
)
