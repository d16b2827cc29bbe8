{# the season in which a person buys most, where they bought often enough and mostly then. `bands` are the rows of
   person_class_bands, `purchases` has person_id and month. Returns a query: person_id, measure, result. #}
{% macro favourite_seasons(purchases, bands) -%}
with

seasons as (
    select
        purchases.person_id,
        bands.result as season,
        count(*) as season_orders
    from {{ purchases }} as purchases
    inner join {{ bands }} as bands
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
)

select
    shared.person_id,
    'season' as measure,
    shared.season as result
from shared
inner join {{ bands }} as enough
    on enough.measure = 'season_orders'
    and shared.all_orders >= enough.from_value
inner join {{ bands }} as most
    on most.measure = 'season_share'
    and {{ ratio('shared.season_orders', 'shared.all_orders') }} >= most.from_value
where shared.place = 1
{%- endmacro %}
