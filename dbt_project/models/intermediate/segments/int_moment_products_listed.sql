-- one row per person and moment with products: their names since the moment was last ended
{%- set text_length = 255 %}
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where person_id is not null and not is_bot
),

rules as (
    select * from {{ ref('moment_rules') }}
    where is_active
),

products as (
    select * from {{ ref('int_products_unified') }}
),

told as (
    select
        touchpoints.person_id,
        rules.moment,
        rules.is_ended_by,
        substr(coalesce(products.name, touchpoints.product_id), 1, {{ text_length }}) as label,
        touchpoints.occurred_at,
        max(case when rules.is_ended_by then touchpoints.occurred_at end) over (
            partition by touchpoints.person_id, rules.moment
        ) as ended_at
    from touchpoints
    inner join rules
        on touchpoints.touchpoint_type = rules.touchpoint_type
    left join products
        on touchpoints.source_system = products.source_system
        and touchpoints.product_id = products.product_id
),

named as (
    select
        person_id,
        moment,
        label,
        row_number() over (
            partition by person_id, moment order by min(occurred_at), label
        ) as place
    from told
    where not is_ended_by and label is not null and (ended_at is null or ended_at < occurred_at)
    group by person_id, moment, label
),

-- whole names only, as many as a text field of an email tool takes
measured as (
    select
        *,
        sum(length(label) + 2) over (
            partition by person_id, moment order by place
        ) - 2 as text_end
    from named
),

listed as (
    select
        person_id,
        moment,
        {{ joined_in_order('label', 'place', ', ') }} as products
    from measured
    where text_end <= {{ text_length }}
    group by person_id, moment
)

select * from listed
