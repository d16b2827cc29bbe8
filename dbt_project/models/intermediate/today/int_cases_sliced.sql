-- one row per case that is judged for findings and group it belongs to by the slices of its kind
with

described as (
    select * from {{ ref('int_cases_described') }}
),

rules as (
    select
        kind as of_kind,
        {{ list_has('slices', "'motion'") }} as is_any,
        {{ asked_slices() }}
    from {{ ref('pain_rules') }}
    where is_active
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where account_id is not null and counts_in_journey and not is_bot
),

segments as (
    select * from {{ ref('int_segment_rules_matched') }}
),

cases as (
    select
        described.*,
        rules.*,
        case when rules.is_any then 'all' else coalesce(described.motion, 'unknown') end as compared
    from described
    inner join rules
        on described.kind = rules.of_kind
),

sliced as (
    {{ groups_of_cases([
        'case_id', 'kind', 'population', 'account_id', 'journey_id', 'open_amount', 'is_hit',
        'compared as motion'
    ]) }}
)

select * from sliced
