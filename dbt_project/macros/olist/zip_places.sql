{# query: one row per zip code of the marketplace's map: its city and state, as most of its rows spell them #}
{% macro zip_places() -%}
    select
        zip_code,
        city,
        state
    from (
        select
            *,
            row_number() over (
                partition by zip_code order by sightings desc, city asc nulls last, state asc nulls last
            ) as preference
        from (
            select
                zip_code,
                city,
                state,
                count(*) as sightings
            from (
                select
                    {{ zip_code('geolocation_zip_code_prefix') }} as zip_code,
                    {{ plain_letters('geolocation_city') }} as city,
                    geolocation_state as state
                from {{ source('olist', 'geolocation') }}
            ) as sighted
            group by zip_code, city, state
        ) as spelt
    ) as ranked
    where preference = 1
{%- endmacro %}
