-- messages whose recipients do not add up: opened or clicked by neither man nor machine, or more arrived than sent
-- do: look at the events of the message in int_email_events_judged: a verdict of
-- email_verdict_rules.csv is missing or given twice
with

email_kpis as (
    select * from {{ ref('rpt_email_kpis') }}
)

select
    message_id,
    variant,
    date
from email_kpis
where
    opened_raw_count <> opened_machine_count + opened_human_count
    or clicked_raw_count <> clicked_machine_count + clicked_human_count
    or sent_count < delivered_count + bounced_hard_count + bounced_soft_count
    or conversion_count > delivered_count
