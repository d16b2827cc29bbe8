-- one row per company, campaign and day of an ad platform: its channel, as that of the spend
with

ad_account_days as (
    select * from {{ ref('int_ad_account_days_placed') }}
),

channeled as (
    {{ channels_of('ad_account_days', scope='ad', texts=[
        ('platform', 'platform'),
        ('campaign', 'campaign_id'),
        ('campaign', 'campaign_name'),
        ('campaign_type', 'campaign_type'),
    ]) }}
)

select * from channeled
