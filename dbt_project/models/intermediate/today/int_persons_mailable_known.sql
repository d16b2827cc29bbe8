-- one row per known person: whether and where they may be contacted for the default purpose
with

decided as (
    select * from {{ ref('int_send_eligibility_decided') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_default
),

mailable as (
    select
        decided.person_id,
        decided.email as mailable_email,
        decided.reason as not_mailed_reason,
        case when decided.is_eligible then 'mailable' else decided.reason end as email_status,
        decided.is_eligible as may_be_mailed
    from decided
    inner join purposes
        on decided.purpose = purposes.purpose
        and decided.channel = purposes.channel
)

select * from mailable
