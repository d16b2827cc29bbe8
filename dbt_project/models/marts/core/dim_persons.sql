-- one row per person: the identity card
{#- what each model says of a person, in its own words; `flags` are false where it says nothing -#}
{%- set told = {
    'int_persons_mailable_known': ['email_status', 'not_mailed_reason'],
    'int_person_acts_aged': ['recency_class'],
    'int_person_orders_summed': ['lifetime_value', 'cltv_historic', 'cltv_costed_share'],
    'int_person_baskets_summed': [
        'average_basket_items', 'top_category', 'top_product', 'top_categories', 'top_products',
    ],
    'int_person_habits_counted': ['preferred_channel', 'preferred_device'],
    'int_person_personas_chosen': ['seniority', 'persona', 'buying_role'],
    'int_person_answers_summed': ['loyalty_tier', 'last_nps', 'last_csat'],
    'int_lead_fits_summed': ['fit_grade'],
    'int_person_classes_matched': [
        'age_band', 'frequency_class', 'rfm_code', 'rfm_class', 'favourite_season',
    ],
} %}
{%- set flags = {
    'int_persons_mailable_known': ['may_be_mailed'],
    'int_person_personas_chosen': ['is_role_derived'],
    'int_person_answers_summed': ['has_open_ticket', 'was_referred'],
    'int_person_classes_matched': ['uses_chat'],
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

lifecycles as (
    select * from {{ ref('int_person_lifecycle_known') }}
    where exited_at is null
),

custom as (
    select * from {{ ref('int_custom_attributes_packed') }}
    where entity = 'person'
),

expected as (
    select * from {{ ref('int_customer_values_expected') }}
    where account_type = 'individual'
),

engagements as (
    select * from {{ ref('int_lead_engagements_graded') }}
    where is_latest
),

joined as (
    select
        -- keys
        persons.person_id,
        links.account_id,
        -- text
        {%- for field in [
            'email', 'first_name', 'last_name', 'gender', 'phone', 'city', 'country', 'language',
            'timezone', 'title',
        ] %}
        persons.{{ field }},
        {%- endfor %}
        coalesce(persons.department, int_person_personas_chosen.department) as department,
        lifecycles.lifecycle,
        engagements.engagement_grade,
        coalesce(int_person_answers_summed.opportunity_roles, '[]') as opportunity_roles,
        coalesce(int_person_answers_summed.experiment_variants, '[]') as experiment_variants,
        coalesce(custom.custom_attributes, '{}') as custom_attributes,
        -- texts and numbers as told
        {%- for model, columns in told.items() %}
        {%- for column in columns %}
        {{ model }}.{{ column }},
        {%- endfor %}
        {%- endfor %}
        coalesce(int_person_orders_summed.order_count, 0) as order_count,
        int_person_orders_summed.average_order_amount,
        engagements.engagement as lead_score,
        expected.expected_value_12m,
        expected.expected_value_n,
        cast(int_person_answers_summed.loyalty_points as bigint) as loyalty_points,
        int_person_habits_counted.preferred_network as preferred_social_network,
        -- booleans
        persons.is_known,
        {%- for model, columns in flags.items() %}
        {%- for column in columns %}
        coalesce({{ model }}.{{ column }}, false) as {{ column }},
        {%- endfor %}
        {%- endfor %}
        -- dates and timestamps
        persons.birth_date,
        persons.first_seen_at,
        persons.last_seen_at
    from persons
    left join links
        on persons.person_id = links.person_id
    left join lifecycles
        on persons.person_id = lifecycles.person_id
    left join custom
        on persons.person_id = custom.entity_id
    left join expected
        on links.account_id = expected.account_id
    left join engagements
        on persons.person_id = engagements.person_id
    {%- for model in told %}
    left join {{ ref(model) }} as {{ model }}
        on persons.person_id = {{ model }}.person_id
    {%- endfor %}
)

select * from joined
