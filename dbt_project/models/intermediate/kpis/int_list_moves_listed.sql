-- one row per time an address joined the list of a purpose, or left it
{%- set order = 'stated_at asc, direction desc, evidence_id asc, reason asc nulls last' %}
with

statements as (
    select * from {{ ref('int_address_statements_unioned') }}
),

statuses as (
    select * from {{ ref('consent_statuses') }}
    where basis is not null
),

refusals as (
    select * from {{ ref('int_address_refusals_judged') }}
),

agreements as (
    select
        statements.email,
        statements.identifier_id,
        statements.purpose,
        statements.stated_at,
        statements.evidence_id
    from statements
    inner join statuses
        on statements.status = statuses.status
        and statements.lawful_basis = statuses.lawful_basis
    where statements.purpose is not null and statements.stated_at is not null
),

lists as (
    select distinct
        email,
        purpose
    from agreements
),

-- an undated refusal has always held; one that nothing lifted ends the list for good
acts as (
    select
        email,
        purpose,
        identifier_id,
        evidence_id,
        null as reason,
        1 as direction,
        0 as is_final,
        stated_at
    from agreements
    union all
    select
        refusals.email,
        lists.purpose,
        refusals.identifier_id,
        refusals.evidence_id,
        refusals.reason,
        -1 as direction,
        case when refusals.is_lifted then 0 else 1 end as is_final,
        coalesce(refusals.stated_at, cast('1970-01-01' as timestamp)) as stated_at
    from refusals
    inner join lists
        on refusals.email = lists.email and refusals.closed_brand is null
        and lists.purpose = coalesce(refusals.closed_purpose, lists.purpose)
),

ordered as (
    select
        *,
        coalesce(lag(direction) over in_order, -1) as previous_direction,
        max(is_final) over before_it as was_final
    from acts
    window
        in_order as (partition by email, purpose order by {{ order }}),
        before_it as (
            partition by email, purpose order by {{ order }}
            rows between unbounded preceding and 1 preceding
        )
),

moves as (
    select
        email,
        purpose,
        identifier_id,
        reason,
        direction = 1 as is_join,
        stated_at as moved_at
    from ordered
    where direction <> previous_direction and coalesce(was_final, 0) = 0
)

select * from moves
