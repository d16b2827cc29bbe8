-- one row per account, stage it has entered and higher stage: was it watched for long enough
with

pairs as (
    select
        *,
        case when is_converted then days_to_convert else observed_days end as watched_days
    from {{ ref('int_stage_pairs_followed') }}
),

judged as (
    {{ settled_cases('pairs', ['motion', 'from_stage', 'to_stage']) }}
)

select * from judged
