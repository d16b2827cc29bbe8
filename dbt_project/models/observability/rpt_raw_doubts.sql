-- one row per check that a landed file failed: what goes wrong, and what to do
with

checks as (
    select * from {{ source('raw_ops', 'batch_checks') }}
),

ledger as (
    select * from {{ source('raw_ops', 'load_ledger') }}
),

failed as (
    select
        -- keys
        ledger.system as source_system,
        ledger.table_name as source_table,
        checks.batch_id,
        checks.column_name,
        checks.expectation,
        checks.severity,
        -- text
        ledger.source_file,
        ledger.status,
        checks.because,
        checks.remedy
    from checks
    inner join ledger
        on checks.batch_id = ledger.batch_id
    where not checks.success
)

select * from failed
