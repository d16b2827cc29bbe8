-- one row per click on an ad: its channel as that of the spend behind it, and the rule
with

ad_clicks as (
    select * from {{ ref('int_ad_clicks_described') }}
),

channeled as (
    {{ channels_of('ad_clicks', scope='ad', texts=[
        ('platform', 'platform'),
        ('campaign', 'campaign_id'),
        ('campaign', 'campaign_name'),
        ('campaign_type', 'campaign_type'),
    ]) }}
)

select * from channeled
