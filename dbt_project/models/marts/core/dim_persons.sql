-- one row per person: the identity card
{%- set later = {
    'age_band': 'string', 'seniority': 'string', 'persona': 'string',
    'frequency_class': 'string', 'rfm_code': 'string',
    'favourite_season': 'string', 'preferred_social_network': 'string', 'fit_grade': 'string',
    'engagement_grade': 'string', 'lead_score': 'decimal(9, 2)', 'uses_chat': 'boolean',
} %}
with

persons as (
    select * from {{ ref('int_persons_survived') }}
),

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
        and valid_to is null
),

mailable as (
    select * from {{ ref('int_persons_mailable_known') }}
),

acts as (
    select * from {{ ref('int_person_acts_aged') }}
),

orders as (
    select * from {{ ref('int_person_orders_summed') }}
),

baskets as (
    select * from {{ ref('int_person_baskets_summed') }}
),

habits as (
    select * from {{ ref('int_person_habits_counted') }}
),

roles as (
    select * from {{ ref('int_person_roles_chosen') }}
),

answers as (
    select * from {{ ref('int_person_answers_summed') }}
),

custom as (
    select * from {{ ref('int_custom_attributes_packed') }}
    where entity = 'person'
),

lifecycles as (
    select * from {{ ref('int_person_lifecycle_known') }}
    where exited_at is null
),

joined as (
    select
        -- keys
        persons.person_id,
        links.account_id,
        -- text
        persons.email,
        mailable.email_status,
        persons.first_name,
        persons.last_name,
        persons.gender,
        persons.phone,
        persons.city,
        persons.country,
        persons.language,
        persons.timezone,
        persons.title,
        persons.department,
        lifecycles.lifecycle,
        acts.recency_class,
        baskets.top_category,
        baskets.top_product,
        habits.preferred_channel,
        habits.preferred_device,
        mailable.not_mailed_reason,
        roles.buying_role,
        coalesce(answers.opportunity_roles, '[]') as opportunity_roles,
        coalesce(answers.experiment_variants, '[]') as experiment_variants,
        answers.loyalty_tier,
        coalesce(custom.custom_attributes, '{}') as custom_attributes,
        -- numbers
        coalesce(orders.order_count, 0) as order_count,
        orders.average_order_amount,
        baskets.average_basket_items,
        orders.lifetime_value,
        cast(answers.loyalty_points as bigint) as loyalty_points,
        answers.last_nps,
        answers.last_csat,
        -- booleans
        persons.is_known,
        coalesce(mailable.may_be_mailed, false) as may_be_mailed,
        coalesce(answers.has_open_ticket, false) as has_open_ticket,
        coalesce(answers.was_referred, false) as was_referred,
        -- dates and timestamps
        persons.birth_date,
        persons.first_seen_at,
        persons.last_seen_at,
        -- logic that comes later
        {%- for name, type in later.items() %}
        cast(null as {{ 'varchar(255)' if type == 'string' else type }}) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from persons
    left join links
        on persons.person_id = links.person_id
    left join mailable
        on persons.person_id = mailable.person_id
    left join acts
        on persons.person_id = acts.person_id
    left join orders
        on persons.person_id = orders.person_id
    left join baskets
        on persons.person_id = baskets.person_id
    left join habits
        on persons.person_id = habits.person_id
    left join lifecycles
        on persons.person_id = lifecycles.person_id
    left join roles
        on persons.person_id = roles.person_id
    left join answers
        on persons.person_id = answers.person_id
    left join custom
        on persons.person_id = custom.entity_id
)

select * from joined
