-- one row per measure of each metric, variant of an experiment and month its persons were assigned
with

outcomes as (
    select
        *,
        experiment_id || ':' || variant as variant_key,
        {{ local_month('assigned_at') }} as month
    from {{ ref('int_experiment_outcomes_judged') }}
    where not is_mixed and not is_open
),

measures as (
    {{ list_measures(
        relation='outcomes',
        month='month',
        scopes={'variant': 'variant_key'},
        measures={
            'experiment_persons': 'count(*)',
            'experiment_converted': 'sum(case when is_converted then 1 else 0 end)',
        },
        prefix='metric',
    ) }}
)

select * from measures
