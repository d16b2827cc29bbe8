-- one row per known person and category of products: how often they looked, chose, asked and bought
{%- set acts = {'views': 'viewed', 'carts': 'added', 'chats': 'chatted'} %}
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

touchpoints as (
    select
        person_id,
        lower(trim(category)) as category,
        action,
        occurred_at
    from {{ ref('int_touchpoints_resolved') }}
    where direction = 'inbound' and not is_bot and category is not null
),

items as (
    select * from {{ ref('int_person_items_listed') }}
    where category is not null
),

purchases as (
    select * from {{ ref('int_person_purchases_listed') }}
),

bought as (
    select distinct
        items.person_id,
        lower(trim(items.category)) as category,
        items.source_record_id,
        purchases.ordered_at
    from items
    inner join purchases
        on items.person_id = purchases.person_id
        and items.source_record_id = purchases.source_record_id
),

acts as (
    select
        person_id,
        category,
        {%- for name, action in acts.items() %}
        case when action = '{{ action }}' then 1 else 0 end as {{ name }},
        {%- endfor %}
        0 as orders,
        occurred_at as acted_at
    from touchpoints
    where false
        {%- for action in acts.values() %}
        or action = '{{ action }}'
        {%- endfor %}
    union all
    select
        person_id,
        category,
        {%- for name in acts %}
        0 as {{ name }},
        {%- endfor %}
        1 as orders,
        ordered_at as acted_at
    from bought
),

summed as (
    select
        acts.person_id,
        acts.category,
        {%- for name in ['views', 'carts', 'chats', 'orders'] %}
        cast(sum(acts.{{ name }}) as bigint) as {{ name }},
        {%- endfor %}
        max(acts.acted_at) as last_at
    from acts
    inner join persons
        on acts.person_id = persons.person_id
    group by acts.person_id, acts.category
)

select * from summed
