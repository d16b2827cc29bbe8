-- one row per marketing mail that reached a person: whether it was refused, and how many had come
with

recipients as (
    select * from {{ ref('int_email_recipients_judged') }}
    where delivered = 1 and coalesce(message_type, '') not in ('transactional', 'one_to_one')
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
),

bands as (
    select * from {{ ref('experience_bands') }}
    where slice_type = 'mail_band' and is_active
),

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
),

banded as (
    select
        pressed.person_id,
        pressed.mail_id,
        pressed.is_hit,
        pressed.happened_at,
        bands.band as mail_band
    from pressed
    left join bands
        on pressed.mail_count >= bands.from_value
        and pressed.mail_count < coalesce(bands.below_value, pressed.mail_count + 1)
    where pressed.happened_at <= coalesce(pressed.refused_at, pressed.happened_at)
)

select * from banded
