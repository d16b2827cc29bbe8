-- source tables whose newest event is older than freshness_promises allow
-- do: ask who exports the table; if its rhythm is slower than promised, say so in a row of
-- freshness_promises.csv
{{ config(severity='warn') }}
select source_system, source_table, last_event_at, days_behind, promise_hours, is_broken
from {{ ref('rpt_source_freshness') }}
where is_late
