{# members as they are, but of a segment over accounts one person per account: of those with an address whoever is in it
   already, so that nobody is handed over while it lasts, else whoever acted last. `members`: a query with person_id,
   segment_id, rule_id, stays_until. Returns a query of the same columns. #}
{% macro one_per_account(members) -%}
    select
        person_id,
        segment_id,
        rule_id,
        stays_until
    from (
        select
            members.*,
            coalesce(definitions.entity, 'person') as entity,
            placed.account_id,
            row_number() over (
                partition by members.segment_id, placed.account_id
                order by
                    case when addresses.person_id is null then 1 else 0 end asc,
                    case when remembered.member_since is null then 1 else 0 end asc,
                    acts.last_act_at desc nulls last,
                    members.person_id asc
            ) as place
        from ({{ members }}) as members
        inner join {{ ref('segment_definitions') }} as definitions
            on members.segment_id = definitions.segment_id
        inner join {{ ref('int_persons_placed') }} as placed
            on members.person_id = placed.person_id
        left join (
            select distinct person_id from {{ ref('int_person_addresses_listed') }}
        ) as addresses
            on members.person_id = addresses.person_id
        left join {{ ref('int_segment_members_remembered') }} as remembered
            on members.segment_id = remembered.segment_id
            and members.person_id = remembered.person_id
        left join {{ ref('int_person_acts_aged') }} as acts
            on members.person_id = acts.person_id
    ) as ordered
    where entity <> 'account' or (account_id is not null and place = 1)
{%- endmacro %}
