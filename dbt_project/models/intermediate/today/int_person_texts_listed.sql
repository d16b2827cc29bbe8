-- one row per person, text attribute and value that segment rules may ask for at as_of
{%- set texts = [
    ('placed', 'stage'), ('placed', 'stage_rule_id'), ('placed', 'icp_tier'), ('placed', 'motion'),
    ('persons', 'country'), ('persons', 'language'), ('persons', 'lead_source'),
    ('acts', 'recency_class'), ('purchases', 'purchase_recency_class'),
    ('classes', 'frequency_class'),
] %}
{%- set today = local_date(as_of()) %}
{%- set anniversaries = [
    ('has_birthday', 'persons', 'birth_date'),
    ('has_anniversary', 'purchases', local_date('first_ordered_at')),
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

classes as (
    select * from {{ ref('int_person_classes_matched') }}
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
        'content_read_again_14d' as attribute,
        topic as value_text
    from reads
    where topic_kind = 'content_type' and view_count_14d > 1
    union all
    {%- for attribute, relation, day in anniversaries %}
    select
        person_id,
        '{{ attribute }}' as attribute,
        'true' as value_text
    from {{ relation }}
    where {{ day }} < {{ today }}
        and extract(month from {{ day }}) = extract(month from {{ today }})
        and extract(day from {{ day }}) = extract(day from {{ today }})
    union all
    {%- endfor %}
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
)

select * from texts
