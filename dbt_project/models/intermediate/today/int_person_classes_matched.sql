-- one row per person with a class: age band, buying or use, RFM, favourite season, chat
{%- set codes = {'recency': 'rfm_r', 'frequency': 'rfm_f', 'monetary': 'rfm_m'} %}
{%- set coded_measures = "classed where measure in ('" ~ codes | join("', '") ~ "')" %}
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

favourites as (
    {{ favourite_seasons('purchases', 'bands') }}
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

attributes as (
    {%- for attribute, value, relation in [
        ('measure', 'cast(value as decimal(18, 4))', 'measures'),
        ("measure || '_code'", try_number('result'), coded_measures),
    ] %}
    select
        person_id as entity_id,
        {{ attribute }} as attribute,
        cast(null as varchar(65535)) as value_text,
        {{ value }} as value_number,
        cast(null as date) as value_date
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

frequencies as (
    {{ first_matching_rule(ref('person_class_rules'), 'attributes', 'frequency') }}
),

meanings as (
    {{ first_matching_rule(ref('person_class_rules'), 'attributes', 'rfm') }}
),

pivoted as (
    select
        person_id,
        {%- for measure, name in dict(codes, age='age_band', season='favourite_season').items() %}
        max(case when measure = '{{ measure }}' then result end) as {{ name }},
        {%- endfor %}
        max(case when measure = 'chat_days' then 1 else 0 end) = 1 as uses_chat
    from classed
    group by person_id
),

coded as (
    select
        people.person_id,
        pivoted.age_band,
        pivoted.favourite_season,
        frequencies.result as frequency_class,
        pivoted.rfm_r || pivoted.rfm_f || pivoted.rfm_m as rfm_code,
        case
            when pivoted.rfm_r || pivoted.rfm_f || pivoted.rfm_m is not null then meanings.result
        end as rfm_class,
        coalesce(pivoted.uses_chat, false) as uses_chat
    from (select distinct person_id from measures) as people
    left join pivoted
        on people.person_id = pivoted.person_id
    left join frequencies
        on people.person_id = frequencies.entity_id
    left join meanings
        on people.person_id = meanings.entity_id
)

select * from coded
