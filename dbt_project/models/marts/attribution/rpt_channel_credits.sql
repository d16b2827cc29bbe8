-- one row per channel, month of the conversion, attribution model and conversion type
with

credits as (
    select * from {{ ref('fct_attribution') }}
),

summed as (
    select
        -- keys
        coalesce(channel, {{ no_channel() }}) as channel,
        {{ local_month('converted_at') }} as month,
        model_id,
        conversion_type,
        -- numbers
        cast(sum(credit) as decimal(18, 9)) as credited_conversions,
        cast(sum(case when credited_amount is null then credit else 0 end) as decimal(18, 9))
            as unpriced_conversions,
        cast(sum(credited_amount) as decimal(18, 2)) as credited_amount
    from credits
    group by
        coalesce(channel, {{ no_channel() }}), {{ local_month('converted_at') }},
        model_id, conversion_type
)

select * from summed
