-- one row per measure of what reached people, scope and period
with

unioned as (
    {{ union_measures([
        'int_web_measures_listed',
        'int_touchpoint_measures_listed',
        'int_ad_measures_listed',
        'int_email_measures_listed',
        'int_email_conversion_measures_listed',
        'int_content_measures_listed',
        'int_campaign_measures_listed',
    ]) }}
)

select * from unioned
