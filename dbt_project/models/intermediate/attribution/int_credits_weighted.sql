-- one row per conversion, model and credited touchpoint; without any, one row without a touchpoint
with

shares as (
    select * from {{ touched(ref('int_credit_shares_computed')) }}
),

-- what is lost without a channel is told of channels, not of a conversion
models as (
    select * from {{ touched(ref('int_conversion_models_chosen')) }}
    where method <> 'removal_effect'
),

conversions as (
    select * from {{ touched(ref('int_conversions_unioned')) }}
),

billionths as (
    {{ largest_remainder(
        relation='shares',
        exact='share * 1000000000',
        total='1000000000',
        partition_by='conversion_id, model_id',
        order_by='position_in_path',
    ) }}
),

credited as (
    select
        conversion_id,
        model_id,
        touchpoint_id,
        channel,
        campaign_id,
        position_in_path,
        units as credit_billionths
    from billionths
    where units > 0
),

-- a conversion without a path keeps its credit whole, unattributed
complete as (
    select
        models.conversion_id,
        models.model_id,
        credited.touchpoint_id,
        credited.channel,
        credited.campaign_id,
        coalesce(credited.position_in_path, 1) as position_in_path,
        coalesce(credited.credit_billionths, 1000000000) as credit_billionths
    from models
    left join credited
        on models.conversion_id = credited.conversion_id
        and models.model_id = credited.model_id
),

valued as (
    select
        complete.*,
        -- 20 digits: a product of two decimals of at most 18 stays at 18 on DuckDB, and overflows
        cast(cast(conversions.amount as decimal(20, 2)) * cast(100 as decimal(3, 0)) as bigint)
            as amount_cents
    from complete
    inner join conversions
        on complete.conversion_id = conversions.conversion_id
),

cents as (
    {{ cents_shared(
        relation='valued',
        cents='amount_cents',
        billionths='credit_billionths',
        partition_by='conversion_id, model_id',
        order_by='position_in_path',
    ) }}
),

weighted as (
    select
        conversion_id,
        model_id,
        touchpoint_id,
        channel,
        campaign_id,
        cast(credit_billionths * 0.000000001 as decimal(18, 9)) as credit,
        cast(units * 0.01 as decimal(18, 2)) as credited_amount
    from cents
)

select * from weighted
