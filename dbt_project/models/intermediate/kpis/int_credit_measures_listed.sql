-- one row per measure of each conversion type under each attribution model, scope and month
with

credits as (
    select * from {{ ref('int_credits_weighted') }}
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

dated as (
    select
        credits.channel,
        credits.campaign_id,
        credits.credit,
        credits.credited_amount,
        conversions.conversion_type || '_' || credits.model_id as credited_by,
        {{ local_month('conversions.occurred_at') }} as month
    from credits
    inner join conversions
        on credits.conversion_id = conversions.conversion_id
),

measures as (
    {{ list_measures(
        relation='dated',
        month='month',
        scopes={'channel': 'channel', 'campaign': 'campaign_id'},
        measures={
            'credited_conversions': 'sum(credit)',
            'credited_amount': 'sum(credited_amount)',
        },
        prefix='credited_by',
    ) }}
)

select * from measures
