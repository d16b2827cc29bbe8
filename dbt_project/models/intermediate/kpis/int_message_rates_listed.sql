-- one row per message and rate that is published of mails elsewhere
{%- set email_rates = {
    'email_open_rate': ('opened_human', 'delivered'),
    'email_click_rate': ('clicked_human', 'delivered'),
    'email_bounce_rate': ('sent - delivered', 'sent'),
    'email_unsubscribe_rate': ('unsubscribed', 'delivered'),
    'email_complaint_rate': ('complained', 'delivered'),
} %}
with

recipients as (
    select * from {{ ref('int_email_recipients_judged') }}
    where message_type is not null
),

rated as (
    {% for metric, parts in email_rates.items() -%}
    select
        '{{ metric }}' as metric,
        message_type as slice,
        {{ ratio('sum(' ~ parts[0] ~ ')', 'sum(' ~ parts[1] ~ ')', 'decimal(18, 6)') }} as value,
        cast(sum({{ parts[0] }}) as bigint) as numerator,
        cast(sum({{ parts[1] }}) as bigint) as denominator
    from recipients
    group by source_system, message_id, message_type
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
)

select * from rated
