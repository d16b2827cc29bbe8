-- one row per measure of each conversion type that mails may earn, scope and month of sending
with

recipients as (
    select
        *,
        cast(date_trunc('month', date) as date) as month
    from {{ ref('int_email_recipients_judged') }}
),

conversions as (
    select * from {{ ref('int_email_conversions_matched') }}
),

conversion_types as (
    select distinct conversion_type
    from {{ ref('conversion_rules') }}
    where is_active and email_window_days is not null
),

converted as (
    select
        recipients.month,
        recipients.message_type,
        recipients.campaign_id,
        conversions.conversion_type,
        1 as conversions,
        conversions.amount
    from conversions
    inner join recipients
        on conversions.source_system = recipients.source_system
        and conversions.message_id = recipients.message_id
        and conversions.email = recipients.email
),

-- a month with mails and no conversion counts none
mailed as (
    select distinct
        recipients.month,
        recipients.message_type,
        recipients.campaign_id,
        conversion_types.conversion_type,
        0 as conversions,
        cast(null as decimal(18, 2)) as amount
    from recipients
    cross join conversion_types
),

counted as (
    select * from converted
    union all
    select * from mailed
),

measures as (
    {{ list_measures(
        relation='counted',
        month='month',
        scopes={'all': "'all'", 'message_type': 'message_type', 'campaign': 'campaign_id'},
        measures={
            'email_conversions': 'sum(conversions)',
            'email_conversion_amount': 'case when sum(conversions) = 0 then 0 else sum(amount) end',
        },
        prefix='conversion_type',
    ) }}
)

select * from measures
