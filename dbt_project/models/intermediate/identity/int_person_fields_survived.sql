-- one row per person and field: the value that survives, and the rule that chose it
with

values_listed as (
    select * from {{ ref('int_person_fields_listed') }}
),

rules as (
    select * from {{ ref('survivorship_rules') }}
    where is_active
),

kinds as (
    select distinct
        field,
        source_table,
        source_system
    from values_listed
),

ranked_rules as (
    select
        kinds.field,
        kinds.source_table,
        kinds.source_system,
        rules.rule_id,
        rules.priority,
        row_number() over (
            partition by kinds.field, kinds.source_table, kinds.source_system
            order by
                case when rules.field is null then 1 else 0 end,
                case when rules.system is null then 1 else 0 end,
                rules.rule_id
        ) as specificity_rank
    from kinds
    inner join rules
        on kinds.source_table = rules.source_table
    where (rules.field is null or rules.field = kinds.field)
        and (rules.system is null or rules.system = kinds.source_system)
),

ranked_values as (
    select
        values_listed.*,
        ranked_rules.rule_id,
        row_number() over (
            partition by values_listed.person_id, values_listed.field
            order by
                values_listed.is_deleted asc,
                ranked_rules.priority asc,
                values_listed.updated_at desc nulls last,
                values_listed.source_system asc,
                values_listed.source_table asc,
                values_listed.source_record_id asc
        ) as preference
    from values_listed
    inner join ranked_rules
        on values_listed.field = ranked_rules.field
        and values_listed.source_table = ranked_rules.source_table
        and values_listed.source_system = ranked_rules.source_system
    where ranked_rules.specificity_rank = 1
),

survived as (
    select
        person_id,
        field,
        value,
        rule_id,
        source_system,
        source_table,
        source_record_id
    from ranked_values
    where preference = 1
)

select * from survived
