-- one row per measure of email recipients, scope and month in which they were sent to
with

recipients as (
    select * from {{ ref('int_email_recipients_judged') }}
),

conversions as (
    select * from {{ ref('int_email_conversions_matched') }}
    where is_counted
),

conversions_by_recipient as (
    select
        source_system,
        message_id,
        email,
        count(*) as conversions,
        sum(amount) as conversion_amount
    from conversions
    group by source_system, message_id, email
),

joined as (
    select
        recipients.*,
        coalesce(conversions_by_recipient.conversions, 0) as conversions,
        conversions_by_recipient.conversion_amount,
        cast(date_trunc('month', recipients.date) as date) as month
    from recipients
    left join conversions_by_recipient
        on recipients.source_system = conversions_by_recipient.source_system
        and recipients.message_id = conversions_by_recipient.message_id
        and recipients.email = conversions_by_recipient.email
),

measures as (
    {{ list_measures(
        relation='joined',
        month='month',
        scopes={
            'all': "'all'",
            'message_type': 'message_type',
            'purpose': 'purpose',
            'campaign': 'campaign_id',
        },
        measures={
            'email_sent': 'sum(sent)',
            'email_delivered': 'sum(delivered)',
            'email_bounced_hard': 'sum(bounced_hard)',
            'email_opened_human': 'sum(opened_human)',
            'email_clicked_human': 'sum(clicked_human)',
            'email_replied': 'sum(replied)',
            'email_unsubscribed': 'sum(unsubscribed)',
            'email_complained': 'sum(complained)',
            'email_conversions': 'sum(conversions)',
            'email_conversion_amount':
                'case when sum(conversions) = 0 then 0 else sum(conversion_amount) end',
        },
    ) }}
)

select * from measures
