-- one row per publication by other rules, changed rule and mart: the rows of the mart that differ
with

effects as (
    select * from {{ source('raw_ops', 'rule_effects') }}
),

typed as (
    select
        -- keys
        run_id,
        rule_table,
        rule_id,
        mart,
        -- text
        kind,
        change,
        previous_run_id,
        changed_besides,
        amount_column,
        -- numbers
        rules_in_common,
        rows_before,
        rows_after,
        rows_added,
        rows_removed,
        rows_changed,
        account_count,
        person_count,
        cast(amount_risen as decimal(18, 2)) as amount_risen,
        cast(amount_fallen as decimal(18, 2)) as amount_fallen,
        -- timestamps
        published_at,
        as_of,
        previous_as_of
    from effects
)

select * from typed
