-- one row per account with an open deal and role it needs: who fills it, and who of them acts
with

deals as (
    select * from {{ ref('int_account_deals_summed') }}
    where open_opportunity_count > 0
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

roles as (
    select * from {{ ref('committee_roles') }}
    where is_active
),

people as (
    select * from {{ ref('int_account_people_engaged') }}
),

required as (
    select
        deals.account_id,
        deals.open_opportunity_amount,
        roles.role,
        roles.stands_for,
        roles.engaged_within_days
    from deals
    inner join accounts
        on deals.account_id = accounts.account_id
    inner join roles
        on coalesce(deals.open_opportunity_amount, 0) >= roles.min_amount
        and (roles.motion is null or accounts.motion = roles.motion)
),

filled as (
    select
        required.account_id,
        required.role,
        max(required.open_opportunity_amount) as open_opportunity_amount,
        count(people.person_id) as known_count,
        {%- for name, condition in [
            ('engaged', 'people.days_since_act <= required.engaged_within_days'),
            ('reachable', 'people.days_since_act <= required.engaged_within_days and people.may_be_mailed'),
        ] %}
        sum(case when {{ condition }} then 1 else 0 end) as {{ name }}_count,
        {%- endfor %}
        {{ ordered_list('people.person_id') }} as person_ids
    from required
    left join people
        on required.account_id = people.account_id
        and {{ list_has('required.stands_for', 'people.buying_role') }}
    group by required.account_id, required.role
),

covered as (
    select
        account_id,
        role,
        case
            when engaged_count > 0 then 'engaged'
            when known_count > 0 then 'silent'
            else 'missing'
        end as state,
        person_ids,
        cast(known_count as bigint) as known_count,
        cast(engaged_count as bigint) as engaged_count,
        cast(reachable_count as bigint) as reachable_count,
        open_opportunity_amount,
        cast(sum(case when engaged_count > 0 then 1 else 0 end) over (
            partition by account_id
        ) as bigint) as coverage_numerator,
        cast(count(*) over (partition by account_id) as bigint) as coverage_denominator
    from filled
),

published as (
    select
        *,
        {{ ratio('coverage_numerator', 'coverage_denominator') }} as coverage
    from covered
)

select * from published
