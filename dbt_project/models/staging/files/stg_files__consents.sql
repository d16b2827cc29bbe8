-- one row per version of a statement of a person about being contacted, typed
with

raw_rows as (
    select * from {{ source('files', 'consents') }}
),

typed as (
    select
        -- text
        {{ clean_email('email') }} as email,
        lower(trim(purpose)) as purpose,
        lower(trim(channel)) as channel,
        brand,
        lower(trim(status)) as status,
        reason,
        lower(trim(source)) as source,
        lower(trim(lawful_basis)) as lawful_basis,
        -- dates and timestamps
        {{ try_timestamp('changed_at') }} as changed_at,
        -- load
        {{ load_columns('consents', key=[]) }}
    from raw_rows
)

select * from typed
