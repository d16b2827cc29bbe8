-- one row per measure of each variant of an experiment and month its persons were assigned
with

assigned as (
    select
        *,
        experiment_id || ':' || variant as variant_key,
        {{ local_month('assigned_at') }} as month
    from {{ ref('int_experiment_variants_assigned') }}
    where is_first
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

converted as (
    select
        assigned.variant_key,
        assigned.month,
        assigned.member_key,
        'experiment_' || conversions.conversion_type as counted_as
    from assigned
    inner join conversions
        on assigned.person_id = conversions.person_id
        and assigned.assigned_at <= conversions.occurred_at
),

persons as (
    {{ list_measures(
        relation='assigned',
        month='month',
        scopes={'variant': 'variant_key'},
        measures={'experiment_persons': 'count(*)'},
    ) }}
),

converted_persons as (
    {{ list_measures(
        relation='converted',
        month='month',
        scopes={'variant': 'variant_key'},
        measures={'persons': 'count(distinct member_key)'},
        prefix='counted_as',
    ) }}
),

measures as (
    select * from persons
    union all
    select * from converted_persons
)

select * from measures
