-- one row per person and account it belonged to or that was considered; none for the anonymous
with

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

matches as (
    select
        person_id,
        account_id,
        match_status,
        method,
        evidence,
        cast(confidence as decimal(9, 6)) as confidence,
        is_chosen,
        valid_from,
        valid_to,
        rule_id
    from links
    union all
    select
        person_id,
        cast(null as varchar(255)) as account_id,
        'anonymous' as match_status,
        cast(null as varchar(255)) as method,
        cast(null as varchar(255)) as evidence,
        cast(null as decimal(9, 6)) as confidence,
        false as is_chosen,
        coalesce(first_seen_at, timestamp '1900-01-01') as valid_from,
        cast(null as timestamp) as valid_to,
        cast(null as varchar(255)) as rule_id
    from persons
    where not is_known
),

keyed as (
    select
        {{ surrogate_key(['person_id', 'account_id', 'valid_from']) }} as account_match_id,
        *
    from matches
)

select * from keyed
