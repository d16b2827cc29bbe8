-- one row per moment of a forecast, stage and age in it: days until a deal ends, open ones waiting
with

stays as (
    select * from {{ ref('int_deal_stays_recalled') }}
    where stage is not null
),

bands as (
    select * from {{ ref('forecast_age_bands') }}
    where is_active
),

watched as (
    select
        stays.forecast_at,
        stays.stage,
        bands.band_id,
        stays.has_ended,
        {{ days_between(
            add_days('stays.entered_at', 'bands.from_days'),
            'case when stays.has_ended then stays.ended_at else stays.forecast_at end'
        ) }} as days
    from stays
    inner join bands
        on stays.days_in_stage >= bands.from_days
),

estimated as (
    {{ kaplan_meier(
        'watched', ['forecast_at', 'stage', 'band_id'], 'days', 'has_ended',
        {'early_days': 0.25, 'median_days': 0.5, 'late_days': 0.75}
    ) }}
)

select * from estimated
