-- one row per version of a cost of a period, typed
with

raw_rows as (
    select * from {{ source('files', 'costs') }}
),

typed as (
    select
        -- ids
        cost_id,
        campaign_id,
        -- text
        lower(trim(channel)) as channel,
        lower(trim(cost_kind)) as cost_kind,
        currency,
        -- numbers
        {{ try_number('amount') }} as amount,
        -- dates and timestamps
        {{ try_date('period_start') }} as period_start,
        {{ try_date('period_end') }} as period_end,
        -- load
        {{ load_columns('costs', key=['cost_id']) }}
    from raw_rows
)

select * from typed
