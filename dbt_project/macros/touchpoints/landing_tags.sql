{# what a web event says of where its visit came from: the columns that decide a channel.
   Every model that lists or keys landings takes them from here. #}
{% macro click_id_names() -%}
    {{ return(['gclid', 'gbraid', 'wbraid', 'msclkid', 'li_fat_id', 'ttclid', 'irclickid', 'fbclid']) }}
{%- endmacro %}

{# names of the click ids of an event, first the one that says most, each behind a bar #}
{% macro click_ids_present() -%}
    {%- for name in click_id_names() -%}
        case when {{ name }} is null then '' else '|{{ name }}' end
        {%- if not loop.last %} || {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{# the click id of an event itself, of several the one that says most #}
{% macro click_id_value(relation) -%}
    coalesce(
        {%- for name in click_id_names() -%}
            {{ relation }}.{{ name }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}

{# key of a landing: events with the same tags came the same way; the ad_ columns are those of
   int_web_clicks_matched #}
{% macro landing_key() -%}
    {{ surrogate_key([
        'web_events.source_system', 'lower(utm_source)', 'lower(utm_medium)', 'lower(utm_campaign)',
        'referrer_host', 'page_host', click_ids_present(),
        'ad_platform', 'ad_campaign_id', 'ad_campaign_type',
    ]) }}
{%- endmacro %}

{# the click ids of a landing for listed_attributes: one value of the attribute click_id each #}
{% macro click_id_texts(click_ids) -%}
    {%- set texts = [] -%}
    {%- for name in click_id_names() -%}
        {%- do texts.append(
            ('click_id', "case when " ~ list_has(click_ids, "'" ~ name ~ "'") ~ " then '" ~ name ~ "' end")
        ) -%}
    {%- endfor -%}
    {{ return(texts) }}
{%- endmacro %}
