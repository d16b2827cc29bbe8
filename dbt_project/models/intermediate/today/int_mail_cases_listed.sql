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

{{ pressed_mails() }},

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
