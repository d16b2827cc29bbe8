-- one row per person, account and thing that points from one to the other, as the rules see it
with

evidence as (
    select * from {{ ref('int_account_evidence_unioned') }}
    where not is_free_mail
),

companies as (
    select * from {{ ref('int_companies_normalised') }}
    where not is_deleted
),

rules as (
    select * from {{ ref('account_match_rules') }}
    where is_active
),

wanted_values as (
    {%- for method, value, country in [
        ('crm_link', 'account_id', none),
        ('deal_role', 'account_id', none),
        ('email_domain', 'domain', none),
        ('stated_domain', 'domain', none),
        ('stated_name', 'normalised_name', 'country'),
    ] %}
    select
        '{{ method }}' as method,
        {{ value }} as wanted,
        {{ country or 'cast(null as varchar(255))' }} as wanted_country,
        account_id,
        motion,
        is_customer
    from companies
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

pointed as (
    select
        evidence.person_id,
        wanted_values.account_id,
        evidence.method,
        evidence.evidence,
        rules.rule_id,
        rules.priority,
        rules.confidence,
        rules.tie_break,
        wanted_values.is_customer,
        min(evidence.starts_at) as starts_at
    from evidence
    inner join wanted_values
        on evidence.method = wanted_values.method
        and evidence.wanted = wanted_values.wanted
        and coalesce(evidence.wanted_country, '') = coalesce(wanted_values.wanted_country, '')
    inner join rules
        on evidence.method = rules.method
    where rules.motion is null or rules.motion = wanted_values.motion
    group by
        evidence.person_id,
        wanted_values.account_id,
        evidence.method,
        evidence.evidence,
        rules.rule_id,
        rules.priority,
        rules.confidence,
        rules.tie_break,
        wanted_values.is_customer
),

compared as (
    select
        *,
        count(*) over (partition by person_id, rule_id, evidence) as account_count,
        sum(case when is_customer then 1 else 0 end)
            over (partition by person_id, rule_id, evidence) as customer_count
    from pointed
),

scored as (
    select
        -- keys
        person_id,
        account_id,
        -- text
        method,
        evidence,
        -- numbers
        priority,
        confidence,
        account_count,
        -- booleans
        account_count = 1
        or coalesce(tie_break = 'only_customer' and is_customer and customer_count = 1, false)
            as is_acceptable,
        -- timestamps
        starts_at,
        -- evidence
        rule_id
    from compared
)

select * from scored
