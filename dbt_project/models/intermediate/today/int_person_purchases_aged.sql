-- one row per buyer: how many purchases, how far apart, and how long ago the last one is
with

purchases as (
    select * from {{ ref('int_person_purchases_listed') }}
),

classes as (
    select * from {{ ref('recency_classes') }}
    where is_active
),

spaced as (
    select
        *,
        {{ days_between(
            'lag(ordered_at) over (partition by person_id order by ordered_at, source_system, source_record_id)',
            'ordered_at'
        ) }} as gap_days
    from purchases
),

summed as (
    select
        person_id,
        count(*) as order_count,
        min(ordered_at) as first_ordered_at,
        max(ordered_at) as last_ordered_at,
        max(case when delivered_at < {{ as_of() }} then delivered_at end) as last_delivered_at,
        percentile_disc(0.5) within group (order by gap_days) as median_gap_days
    from spaced
    group by person_id
),

aged as (
    select
        *,
        {{ days_between('last_ordered_at', as_of()) }} as days_since_purchase
    from summed
),

measured as (
    select
        *,
        case when median_gap_days > 0 then 'purchase_gaps' else 'purchase_days' end as measure,
        case
            when median_gap_days > 0
                then {{ ratio('days_since_purchase', 'median_gap_days', 'decimal(18, 6)') }}
            else days_since_purchase
        end as measured_value
    from aged
),

classed as (
    select
        measured.person_id,
        measured.order_count,
        measured.first_ordered_at,
        measured.last_ordered_at,
        measured.last_delivered_at,
        measured.median_gap_days,
        measured.days_since_purchase,
        classes.recency_class as purchase_recency_class,
        classes.rule_id as purchase_recency_rule_id
    from measured
    left join classes
        on measured.measure = classes.measure
        and measured.measured_value >= classes.from_value
        and measured.measured_value < coalesce(classes.below_value, measured.measured_value + 1)
)

select * from classed
