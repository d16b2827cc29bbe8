-- one row per person with a class: age band, buying, RFM, favourite season, chat
with

measures as (
    select * from {{ ref('int_person_measures_listed') }}
),

bands as (
    select * from {{ ref('person_class_bands') }}
    where is_active
),

purchases as (
    select
        person_id,
        extract(month from ordered_at) as month
    from {{ ref('int_person_purchases_listed') }}
),

seasons as (
    select
        purchases.person_id,
        bands.result as season,
        count(*) as season_orders
    from purchases
    inner join bands
        on bands.measure = 'month'
        and purchases.month >= bands.from_value
        and purchases.month < bands.below_value
    group by purchases.person_id, bands.result
),

shared as (
    select
        *,
        sum(season_orders) over (partition by person_id) as all_orders,
        row_number() over (partition by person_id order by season_orders desc, season asc) as place
    from seasons
),

favourites as (
    select
        shared.person_id,
        'season' as measure,
        shared.season as result
    from shared
    inner join bands as enough
        on enough.measure = 'season_orders'
        and shared.all_orders >= enough.from_value
    inner join bands as most
        on most.measure = 'season_share'
        and {{ ratio('shared.season_orders', 'shared.all_orders') }} >= most.from_value
    where shared.place = 1
),

classed as (
    select
        measures.person_id,
        measures.measure,
        bands.result
    from measures
    inner join bands
        on measures.measure = bands.measure
        and measures.value >= bands.from_value
        and measures.value < coalesce(bands.below_value, measures.value + 1)
    union all
    select * from favourites
),

pivoted as (
    select
        person_id,
        {%- for measure, name in {
            'age': 'age_band', 'orders_12m': 'frequency_class', 'season': 'favourite_season',
            'recency': 'rfm_r', 'frequency': 'rfm_f', 'monetary': 'rfm_m',
        }.items() %}
        max(case when measure = '{{ measure }}' then result end) as {{ name }},
        {%- endfor %}
        max(case when measure = 'chat_days' then 1 else 0 end) = 1 as uses_chat
    from classed
    group by person_id
),

coded as (
    select
        *,
        rfm_r || rfm_f || rfm_m as rfm_code
    from pivoted
)

select * from coded
