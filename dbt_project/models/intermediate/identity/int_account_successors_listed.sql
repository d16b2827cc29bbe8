-- one row per account of a CRM, other account that stands in its place, and the rule that says so
with

companies as (
    select * from {{ ref('int_companies_normalised') }}
),

aliases as (
    select
        *,
        {{ account_key('alias_system', 'alias_value') }} as account_key,
        {{ account_key('account_system', 'account_id') }} as other_key
    from {{ ref('account_aliases') }}
    where is_active
),

-- a merge whose target nobody has sent yet is believed once it is there
merged as (
    select
        companies.account_key,
        companies.merged_into_key as successor_key,
        'merged_into' as method,
        companies.source_record_id as evidence
    from companies
    inner join companies as targets
        on companies.merged_into_key = targets.account_key
),

living as (
    select
        companies.*,
        count(*) over (partition by companies.source_system, companies.domain) as domain_count,
        first_value(companies.account_key) over (
            partition by companies.domain, companies.normalised_name
            order by
                companies.is_customer desc,
                companies.created_at asc nulls last,
                companies.account_key asc
        ) as first_key
    from companies
    left join merged
        on companies.account_key = merged.account_key
    where merged.account_key is null
        and not companies.is_deleted
        and companies.motion = 'b2b'
        and companies.domain is not null
),

successors as (
    select * from merged
    union all
    select
        aliases.account_key,
        aliases.other_key as successor_key,
        'alias_row' as method,
        aliases.rule_id as evidence
    from aliases
    inner join companies
        on aliases.other_key = companies.account_key
    where aliases.alias_kind = 'account' and aliases.account_key <> aliases.other_key
    union all
    select
        companies.account_key,
        living.account_key as successor_key,
        'recreated' as method,
        companies.domain as evidence
    from companies
    inner join living
        on companies.source_system = living.source_system
        and companies.domain = living.domain
    where companies.is_deleted and living.domain_count = 1
    union all
    select
        living.account_key,
        living.first_key as successor_key,
        'same_company' as method,
        living.domain as evidence
    from living
    where living.account_key <> living.first_key and living.normalised_name is not null
),

kept_apart as (
    select
        account_key,
        other_key,
        true as is_by_hand
    from aliases
    where alias_kind = 'apart'
    union all
    select
        account_key,
        parent_account_key as other_key,
        false as is_by_hand
    from companies
    where parent_account_key is not null
),

pairs as (
    select
        least(account_key, other_key) as smaller_key,
        greatest(account_key, other_key) as larger_key,
        max(case when is_by_hand then 1 else 0 end) = 1 as is_by_hand
    from kept_apart
    group by least(account_key, other_key), greatest(account_key, other_key)
),

-- a subsidiary is no double of its parent; what somebody keeps apart by hand no CRM merges
allowed as (
    select successors.*
    from successors
    left join pairs
        on least(successors.account_key, successors.successor_key) = pairs.smaller_key
        and greatest(successors.account_key, successors.successor_key) = pairs.larger_key
    where pairs.is_by_hand is null
        or successors.method = 'alias_row'
        or (successors.method = 'merged_into' and not pairs.is_by_hand)
)

select * from allowed
