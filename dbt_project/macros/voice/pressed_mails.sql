{# CTEs: marketing mails of persons with how many had come within 30 days, that one included, and when the person
   refused the first; the last is `pressed`. Expects the relations recipients and addresses in scope. #}
{% macro pressed_mails() -%}
mails as (
    select
        addresses.person_id,
        {{ surrogate_key([
            'recipients.source_system', 'recipients.message_id', 'recipients.email'
        ]) }} as mail_id,
        greatest(recipients.unsubscribed, recipients.complained) as is_hit,
        cast(recipients.date as timestamp) as happened_at
    from recipients
    inner join addresses
        on recipients.email = addresses.email
    where cast(recipients.date as timestamp) < {{ as_of() }}
),

-- 30 days with that of the mail; who has refused is no longer asked
pressed as (
    select
        *,
        count(*) over (
            partition by person_id
            order by {{ whole_days('happened_at') }} range between 29 preceding and current row
        ) as mail_count,
        min(case when is_hit = 1 then happened_at end) over (partition by person_id) as refused_at
    from mails
)
{%- endmacro %}
