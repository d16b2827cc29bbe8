-- one row per person and measure that person_class_bands class: age, buying, season, chat
{%- set bought = ['recency', 'frequency', 'monetary', 'orders_12m'] %}
with

purchases as (
    select
        *,
        case when ordered_at >= {{ add_days(as_of(), -365) }} then 1 else 0 end as is_recent
    from {{ ref('int_person_purchases_listed') }}
),

totals as (
    select * from {{ ref('int_person_orders_summed') }}
),

medians as (
    select {{ percentile('lifetime_value', 0.5) }} as median_value
    from totals
    where lifetime_value > 0
),

buyers as (
    select
        person_id,
        {{ days_between('max(ordered_at)', as_of()) }} as recency,
        count(*) as frequency,
        sum(is_recent) as orders_12m
    from purchases
    group by person_id
),

described as (
    select
        buyers.person_id,
        buyers.recency,
        buyers.frequency,
        buyers.orders_12m,
        {{ ratio('totals.lifetime_value', 'medians.median_value', 'decimal(18, 6)') }} as monetary
    from buyers
    cross join medians
    left join totals
        on buyers.person_id = totals.person_id
),

listed as (
    {%- for measure in bought %}
    select
        person_id,
        '{{ measure }}' as measure,
        cast({{ measure }} as decimal(18, 6)) as value
    from described
    where {{ measure }} is not null
    union all
    {%- endfor %}
    select
        person_id,
        'age' as measure,
        cast(
            extract(year from {{ as_of() }}) - extract(year from birth_date)
            - case
                when extract(month from birth_date) * 100 + extract(day from birth_date)
                    > extract(month from {{ as_of() }}) * 100 + extract(day from {{ as_of() }})
                    then 1
                else 0
            end as decimal(18, 6)
        ) as value
    from {{ ref('int_persons_survived') }}
    where birth_date is not null
    union all
    select
        person_id,
        'chat_days' as measure,
        cast({{ days_between('max(occurred_at)', as_of()) }} as decimal(18, 6)) as value
    from {{ ref('int_touchpoints_resolved') }}
    where action = 'chatted' and person_id is not null and not is_bot
    group by person_id
)

select * from listed
