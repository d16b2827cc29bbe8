{# known persons of each account in the order in which to call them: of those who have a telephone or may be mailed the
   one who acted last comes first. Returns a query: account_id, person_id, buying_role, call_by, active_person_count (of the
   account), place. #}
{% macro people_to_call() -%}
    select
        people.account_id,
        people.person_id,
        people.buying_role,
        case
            when persons.phone is not null then 'phone'
            when people.may_be_mailed then 'email'
        end as call_by,
        sum(case when people.is_engaged then 1 else 0 end) over (
            partition by people.account_id
        ) as active_person_count,
        row_number() over (
            partition by people.account_id
            order by
                (persons.phone is not null or people.may_be_mailed) desc,
                people.days_since_act asc nulls last,
                people.person_id asc
        ) as place
    from {{ ref('int_account_people_engaged') }} as people
    inner join {{ ref('int_persons_survived') }} as persons
        on people.person_id = persons.person_id
{%- endmacro %}
