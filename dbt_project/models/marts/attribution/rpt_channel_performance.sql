-- one row per channel, month, model and conversion type; spend is repeated in each of them
with

spend as (
    select * from {{ ref('rpt_channel_spend') }}
),

credits as (
    select * from {{ ref('rpt_channel_credits') }}
),

models as (
    {{ models_with_refusals() }}
),

performance as (
    {{ spend_beside_credit(['channel'], spend='spend', credits='credits', models='models') }}
)

select * from performance
