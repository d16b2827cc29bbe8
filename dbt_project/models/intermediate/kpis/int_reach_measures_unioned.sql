-- one row per measure of what reached people, scope and period
with

unioned as (
    {{ union_measures([
        'int_web_measures_listed',
        'int_page_measures_listed',
        'int_touchpoint_measures_listed',
        'int_ad_measures_listed',
        'int_mail_measures_unioned',
        'int_content_measures_listed',
        'int_campaign_measures_listed',
    ]) }}
)

select * from unioned
