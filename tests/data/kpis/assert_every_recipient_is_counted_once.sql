-- a difference between the pairs of message and address in the events and the recipients counted
-- do: look for messages that int_email_messages_unified lacks or has twice: the report joins by
-- message
with

pairs as (
    select distinct
        source_system,
        message_id,
        email
    from {{ ref('int_email_events_judged') }}
    where message_id is not null
),

expected as (
    select count(*) as recipients from pairs
),

counted as (
    select coalesce(sum(sent_count), 0) as recipients
    from {{ ref('rpt_email_kpis') }}
)

select
    expected.recipients as expected,
    counted.recipients as counted
from expected
cross join counted
where expected.recipients <> counted.recipients
