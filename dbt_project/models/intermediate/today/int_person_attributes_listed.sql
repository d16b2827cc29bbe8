-- one row per known person, attribute and value: what segment rules may ask of a person at as_of
{%- set numbers = [('acts', 'days_since_act'), ('purchases', 'order_count')] %}
{%- set texts = [
    ('placed', 'stage'), ('placed', 'icp_tier'), ('placed', 'motion'), ('persons', 'country'),
    ('persons', 'language'), ('persons', 'lead_source'), ('acts', 'recency_class'),
    ('purchases', 'purchase_recency_class'),
] %}
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

acts as (
    select * from {{ ref('int_person_acts_aged') }}
),

purchases as (
    select * from {{ ref('int_person_purchases_aged') }}
),

moments as (
    select * from {{ ref('int_person_moments_listed') }}
),

reads as (
    select * from {{ ref('int_person_reads_counted') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where direction = 'inbound' and counts_in_journey and not is_bot
),

texts as (
    {%- for relation, attribute in texts %}
    select
        person_id,
        '{{ attribute }}' as attribute,
        {{ attribute }} as value_text
    from {{ relation }}
    union all
    {%- endfor %}
    select
        person_id,
        'content_read_30d' as attribute,
        topic as value_text
    from reads
    where topic_kind = 'content_type'
    union all
    select
        person_id,
        'category_viewed_30d' as attribute,
        topic as value_text
    from reads
    where topic_kind = 'category'
    union all
    select distinct
        person_id,
        'touchpoint_type_ever' as attribute,
        touchpoint_type as value_text
    from touchpoints
),

numbers as (
    {%- for relation, attribute in numbers %}
    select
        person_id,
        '{{ attribute }}' as attribute,
        cast({{ attribute }} as decimal(18, 6)) as value_number
    from {{ relation }}
    union all
    {%- endfor %}
    select
        person_id,
        'days_since_' || moment as attribute,
        cast(days_since as decimal(18, 6)) as value_number
    from moments
    union all
    select
        person_id,
        'hours_since_' || moment as attribute,
        cast(days_since * 24 as decimal(18, 6)) as value_number
    from moments
    union all
    select
        person_id,
        'category_views_30d' as attribute,
        cast(max(view_count) as decimal(18, 6)) as value_number
    from reads
    where topic_kind = 'category'
    group by person_id
),

listed as (
    select
        person_id as entity_id,
        attribute,
        value_text,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from texts
    where value_text is not null
    union all
    select
        person_id as entity_id,
        attribute,
        cast(null as varchar(255)) as value_text,
        value_number,
        cast(null as date) as value_date
    from numbers
    where value_number is not null
),

known as (
    select listed.*
    from listed
    inner join placed
        on listed.entity_id = placed.person_id
)

select * from known
