-- one row per stage, touchpoint type, kind of statement and month: what customers say and feel
{%- set keys = ['stage', 'touchpoint_type', 'answer_source', 'survey_type', 'month'] %}
{%- set counts = {
    'n': '*',
    'scored_count': 'score',
    'nps_count': 'is_promoter',
    'csat_denominator': 'is_satisfied',
    'positive_count': "case when sentiment = 'positive' then 1 end",
    'negative_count': "case when sentiment = 'negative' then 1 end",
    'felt_count': 'sentiment',
    'verbatim_count': 'verbatim',
} %}
with

statements as (
    select * from {{ ref('int_answers_marked') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

-- which five are quoted says nothing but their ids
told as (
    select
        *,
        coalesce(stage_at_touch, 'none') as stage,
        answer_kind as survey_type,
        {{ local_month('answered_at') }} as month,
        row_number() over (
            partition by
                stage_at_touch, touchpoint_type, answer_source, answer_kind,
                {{ local_month('answered_at') }}, verbatim is null
            order by statement_id
        ) as verbatim_number
    from statements
),

counted as (
    select
        {{ keys | join(',\n        ') }},
        {%- for name, value in counts.items() %}
        cast(count({{ value }}) as bigint) as {{ name }},
        {%- endfor %}
        sum(score) as score_sum,
        sum(is_promoter) as promoter_count,
        sum(is_detractor) as detractor_count,
        cast(coalesce(sum(is_satisfied), 0) as bigint) as csat_numerator,
        {{ ordered_list('case when verbatim_number <= 5 then verbatim end') }} as verbatims
    from told
    group by {{ keys | join(', ') }}
),

rated as (
    select
        *,
        {{ ratio('score_sum', 'scored_count', 'decimal(9, 2)') }} as score,
        {{ ratio('100 * (promoter_count - detractor_count)', 'nps_count', 'decimal(9, 2)') }}
            as nps,
        {%- for mark in ('promoter', 'detractor') %}
        {{ wilson_bound(mark ~ '_count', 'nps_count', -1) }} as {{ mark }}_low,
        {{ wilson_bound(mark ~ '_count', 'nps_count', 1) }} as {{ mark }}_high,
        {%- endfor %}
        {{ ratio('csat_numerator', 'csat_denominator') }} as csat,
        {{ wilson_bound('csat_numerator', 'csat_denominator', -1) }} as csat_low,
        {{ wilson_bound('csat_numerator', 'csat_denominator', 1) }} as csat_high
    from counted
),

published as (
    select
        -- keys
        rated.{{ keys | join(',\n        rated.') }},
        -- text
        rated.verbatims,
        -- numbers
        rated.{{ counts | join(',\n        rated.') }},
        rated.csat_numerator,
        rated.score,
        rated.nps,
        cast(100 * (rated.promoter_low - rated.detractor_high) as decimal(9, 2)) as nps_low,
        cast(100 * (rated.promoter_high - rated.detractor_low) as decimal(9, 2)) as nps_high,
        rated.csat,
        rated.csat_low,
        rated.csat_high,
        -- booleans
        rated.n < settings.thin_below as is_thin
    from rated
    cross join settings
)

select * from published
