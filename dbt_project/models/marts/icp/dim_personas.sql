-- one row per persona: its rules, its persons, what they touch and how often they win
{%- set habits = {
    'channels': 'touchpoints.channel',
    'contents': 'touchpoints.content_type',
    'devices': 'touchpoints.device',
    'weekdays': 'cast(' ~ iso_weekday(local_date('touchpoints.occurred_at')) ~ ' as varchar(9))',
    'hours': 'cast(hour(touchpoints.occurred_at) as varchar(9))',
} %}
{%- set said = {'motives': ['interview', 'win_loss'], 'heard_by': ['how_did_you_hear']} %}
with

settings as (
    select * from {{ ref('statistics_settings') }}
    where is_active and setting_id = 'default'
),

rules as (
    select
        result as persona,
        {{ ordered_list('rule_id') }} as rules
    from {{ ref('persona_rules') }}
    where is_active and scope = 'persona'
    group by result
),

persons as (
    select
        personas.person_id,
        personas.persona,
        people.account_id,
        people.is_engaged,
        deals.closed_opportunity_count > 0 as is_decided,
        deals.won_opportunity_count > 0 as is_won
    from {{ ref('int_person_personas_chosen') }} as personas
    left join {{ ref('int_account_people_engaged') }} as people
        on personas.person_id = people.person_id
    left join {{ ref('int_account_deals_summed') }} as deals
        on people.account_id = deals.account_id
    where personas.persona is not null
),

counted as (
    select
        persona,
        count(*) as n,
        sum(case when is_engaged then 1 else 0 end) as engaged_count,
        count(distinct case when is_decided then account_id end) as decided_accounts,
        count(distinct case when is_won then account_id end) as won_accounts
    from persons
    group by persona
),

favourites as (
    {{ persona_habits('persons', habits, said) }}
),

published as (
    select
        rules.persona,
        rules.rules,
        {%- for name in habits %}
        coalesce(favourites.{{ name }}, '[]') as top_{{ name }},
        {%- endfor %}
        {%- for name in said %}
        coalesce(favourites.{{ name }}, '[]') as {{ name }},
        {%- endfor %}
        cast(coalesce(counted.n, 0) as bigint) as n,
        cast(coalesce(counted.engaged_count, 0) as bigint) as engaged_count,
        cast(coalesce(counted.won_accounts, 0) as bigint) as win_rate_numerator,
        cast(coalesce(counted.decided_accounts, 0) as bigint) as win_rate_denominator,
        {{ ratio('counted.won_accounts', 'counted.decided_accounts') }} as win_rate,
        {{ wilson_bound('counted.won_accounts', 'counted.decided_accounts', -1) }} as win_rate_low,
        {{ wilson_bound('counted.won_accounts', 'counted.decided_accounts', 1) }} as win_rate_high,
        coalesce(counted.decided_accounts, 0) < settings.thin_below as is_thin
    from rules
    cross join settings
    left join counted
        on rules.persona = counted.persona
    left join favourites
        on rules.persona = favourites.persona
)

select * from published
