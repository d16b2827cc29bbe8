-- one row per metric, experiment and person (or device) in it: did the outcome come in time
with

metrics as (
    select * from {{ ref('experiment_metrics') }}
    where is_active
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

known as (
    select max(last_date) as last_date from {{ ref('int_dates_spanned') }}
),

assigned as (
    {{ assigned_variants('known') }}
),

experiments as (
    select distinct experiment_id from assigned
),

-- the row of an experiment wins over that of all
ranked_metrics as (
    select
        experiments.experiment_id as of_experiment_id,
        metrics.*,
        row_number() over (
            partition by experiments.experiment_id, metrics.metric
            order by metrics.experiment_id asc nulls last, metrics.metric_id asc
        ) as preference
    from experiments
    inner join metrics
        on coalesce(metrics.experiment_id, experiments.experiment_id) = experiments.experiment_id
),

windowed as (
    select
        assigned.*,
        ranked_metrics.metric,
        ranked_metrics.metric_id,
        ranked_metrics.conversion_type,
        coalesce(assigned.own_control, ranked_metrics.control_variant) as control_variant,
        ranked_metrics.min_effect,
        {{ add_days('assigned.assigned_at', 'ranked_metrics.window_days') }} as ends_at
    from assigned
    inner join ranked_metrics
        on assigned.experiment_id = ranked_metrics.of_experiment_id
        and ranked_metrics.preference = 1
),

converted as (
    select
        windowed.metric,
        windowed.experiment_id,
        windowed.member_key,
        min(conversions.occurred_at) as converted_at,
        count(*) > count(conversions.amount) as is_unpriced,
        sum(conversions.amount) as amount
    from windowed
    inner join conversions
        on windowed.person_id = conversions.person_id
        and windowed.conversion_type = conversions.conversion_type
        and windowed.assigned_at <= conversions.occurred_at
        and windowed.ends_at > conversions.occurred_at
    group by windowed.metric, windowed.experiment_id, windowed.member_key
),

judged as (
    select
        windowed.*,
        windowed.variant_count > 1 as is_mixed,
        {{ local_date('windowed.ends_at') }} > known.last_date as is_open,
        converted.converted_at is not null as is_converted,
        coalesce(converted.is_unpriced, false) as is_unpriced,
        case when converted.converted_at is null then 0 else converted.amount end as amount
    from windowed
    cross join known
    left join converted
        on windowed.metric = converted.metric
        and windowed.experiment_id = converted.experiment_id
        and windowed.member_key = converted.member_key
)

select * from judged
