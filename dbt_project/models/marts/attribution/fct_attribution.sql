-- one row per conversion, model and credited touchpoint; without any, one row without a touchpoint
with

credits as (
    select * from {{ touched(ref('int_credits_weighted')) }}
),

conversions as (
    select * from {{ touched(ref('int_conversions_unioned')) }}
),

published as (
    select
        -- keys
        {{ surrogate_key(['credits.conversion_id', 'credits.model_id', 'credits.touchpoint_id']) }}
            as attribution_id,
        credits.conversion_id,
        credits.model_id,
        credits.touchpoint_id,
        conversions.account_id,
        credits.campaign_id,
        -- text
        conversions.conversion_type,
        credits.channel,
        -- numbers
        credits.credit,
        credits.credited_amount,
        -- timestamps
        conversions.occurred_at as converted_at
    from credits
    inner join conversions
        on credits.conversion_id = conversions.conversion_id
)

select * from published
