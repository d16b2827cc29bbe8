{# one row per message, variant and day it was sent; counts and rates are of recipients #}
{%- set counts = [
    'sent', 'delivered', 'bounced_hard', 'bounced_soft',
    'opened_raw', 'opened_machine', 'opened_human',
    'clicked_raw', 'clicked_machine', 'clicked_human', 'opened_and_clicked_human',
    'replied', 'unsubscribed', 'complained',
] -%}
{%- set rates = {
    'delivery_rate': ('delivered_count', 'sent_count'),
    'hard_bounce_rate': ('bounced_hard_count', 'sent_count'),
    'soft_bounce_rate': ('bounced_soft_count', 'sent_count'),
    'open_rate_raw': ('opened_raw_count', 'delivered_count'),
    'open_rate_confirmed': ('opened_human_count', 'delivered_count'),
    'open_rate_corrected': ('opened_human_count', 'delivered_count - opened_machine_count'),
    'click_rate_raw': ('clicked_raw_count', 'delivered_count'),
    'click_rate_human': ('clicked_human_count', 'delivered_count'),
    'click_to_open_rate': ('opened_and_clicked_human_count', 'opened_human_count'),
    'reply_rate': ('replied_count', 'delivered_count'),
    'unsubscribe_rate': ('unsubscribed_count', 'delivered_count'),
    'complaint_rate': ('complained_count', 'delivered_count'),
    'conversion_rate': ('conversion_count', 'delivered_count'),
    'machine_open_share': ('opened_machine_count', 'opened_raw_count'),
} -%}
with

recipients as (
    select * from {{ ref('int_email_recipients_judged') }}
),

conversions as (
    select * from {{ ref('int_email_conversions_matched') }}
),

messages as (
    select * from {{ ref('int_messages_classified') }}
),

earned as (
    select
        source_system,
        message_id,
        email,
        count(case when is_counted then 1 end) as counted,
        count(case when is_counted and amount is null then 1 end) as unpriced,
        sum(case when is_counted then amount end) as amount
    from conversions
    group by source_system, message_id, email
),

counted as (
    select
        recipients.source_system,
        recipients.message_id,
        recipients.variant,
        recipients.date,
        min(recipients.campaign_id) as campaign_id,
        min(recipients.message_type) as message_type,
        min(recipients.purpose) as purpose,
        min(messages.goal) as goal,
        {%- for name in counts %}
        cast(sum(recipients.{{ name }}) as bigint) as {{ name }}_count,
        {%- endfor %}
        count(earned.email) as conversion_count,
        cast(coalesce(sum(earned.unpriced), 0) as bigint) as unpriced_conversion_count,
        cast(case when sum(earned.counted) > 0 then sum(earned.amount) else 0 end as decimal(18, 2))
            as revenue_amount
    from recipients
    left join earned
        on recipients.source_system = earned.source_system
        and recipients.message_id = earned.message_id
        and recipients.email = earned.email
    left join messages
        on recipients.source_system = messages.source_system
        and recipients.message_id = messages.message_id
    group by
        recipients.source_system, recipients.message_id, recipients.variant, recipients.date
),

rated as (
    select
        *,
        {%- for rate, (part, whole) in rates.items() %}
        {{ ratio(part, whole) }} as {{ rate }},
        cast({{ part }} as bigint) as {{ rate }}_numerator,
        cast({{ whole }} as bigint) as {{ rate }}_denominator,
        {{ wilson_bound(part, '(' ~ whole ~ ')', -1) }} as {{ rate }}_low,
        {{ wilson_bound(part, '(' ~ whole ~ ')', 1) }} as {{ rate }}_high,
        {%- endfor %}
        {{ ratio('revenue_amount', 'delivered_count', 'decimal(18, 4)') }} as revenue_per_recipient
    from counted
)

select * from rated
