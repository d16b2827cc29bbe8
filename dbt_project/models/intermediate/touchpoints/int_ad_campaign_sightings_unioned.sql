-- one row per record of an ad platform that names a campaign: day, click or company day
{%- set nothing = 'cast(null as varchar(255))' %}
{#- kind of record, what it says of the campaign's name and type, its day #}
{%- set sightings = [
    ('ad_days', 'campaign_name', 'campaign_type', 'activity_date'),
    ('ad_clicks', nothing, 'campaign_type', local_date('clicked_at')),
    ('ad_account_days', nothing, nothing, 'activity_date'),
] %}
with

unioned as (
    {%- for kind, campaign_name, campaign_type, day in sightings %}
    select
        source_system,
        platform,
        campaign_id,
        {{ campaign_name }} as campaign_name,
        {{ campaign_type }} as campaign_type,
        {{ day }} as sighted_on,
        cast({{ day }} as varchar(255)) || '|' || source_system || '|' || source_record_id
            as sighting_order
    from {{ ref('int_' ~ kind ~ '_unified') }}
    where campaign_id is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from unioned
