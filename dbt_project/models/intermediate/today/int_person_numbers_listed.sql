-- one row per person and numeric attribute that segment rules may ask for at as_of
{%- set numbers = [('acts', 'days_since_act'), ('purchases', 'order_count')] %}
{%- set views = [
    ('category_views_30d', 'view_count', "topic_kind = 'category'"),
    ('new_category_views_7d', 'view_count_7d', "topic_kind = 'category' and not is_bought"),
    ('product_views_7d', 'view_count_7d', "topic_kind = 'product_key'"),
] %}
with

placed as (
    select * from {{ ref('int_persons_placed') }}
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
        placed.person_id,
        'place_in_account' as attribute,
        cast(row_number() over (
            partition by placed.account_id
            order by acts.last_act_at desc nulls last, placed.person_id asc
        ) as decimal(18, 6)) as value_number
    from placed
    left join acts
        on placed.person_id = acts.person_id
    where placed.account_id is not null
    union all
    select
        person_id,
        'usual_gaps_since_order' as attribute,
        {{ ratio('days_since_purchase', 'median_gap_days', 'decimal(18, 6)') }} as value_number
    from purchases
    where median_gap_days > 0
    {%- for attribute, count, topic in views %}
    union all
    select
        person_id,
        '{{ attribute }}' as attribute,
        cast(max({{ count }}) as decimal(18, 6)) as value_number
    from reads
    where {{ topic }}
    group by person_id
    {%- endfor %}
)

select * from numbers
