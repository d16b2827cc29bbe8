-- one row per experiment, person (or device without one) and variant they were given
with

experiments as (
    select
        *,
        case
            when email is not null then {{ identifier_id("'email'", "''", 'email') }}
            else {{ identifier_id("'anonymous_id'", 'source_system', 'anonymous_id') }}
        end as identifier_id
    from {{ ref('int_experiments_unified') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

assigned as (
    select
        experiments.experiment_id,
        coalesce(identifiers.person_id, experiments.identifier_id) as member_key,
        experiments.variant,
        min(identifiers.person_id) as person_id,
        min(experiments.assigned_at) as assigned_at
    from experiments
    left join identifiers
        on experiments.identifier_id = identifiers.identifier_id
    group by
        experiments.experiment_id, experiments.variant,
        coalesce(identifiers.person_id, experiments.identifier_id)
),

ranked as (
    select
        *,
        row_number() over (
            partition by experiment_id, member_key order by assigned_at nulls last, variant
        ) = 1 as is_first,
        count(*) over (partition by experiment_id, member_key) as variant_count
    from assigned
)

select * from ranked
