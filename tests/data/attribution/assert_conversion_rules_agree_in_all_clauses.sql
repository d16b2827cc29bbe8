-- conversion rules whose clauses name different signals, conversion types or terms
-- do: give all rows of the rule_id in conversion_rules.csv the same signal, type and terms
with

conversion_rules as (
    select * from {{ ref('conversion_rules') }}
)

select rule_id
from conversion_rules
group by rule_id
having
    count(distinct signal) > 1
    or count(distinct conversion_type) > 1
    or count(distinct entity) > 1
    or count(distinct once_per) > 1
    or count(distinct fixed_amount) > 1
    or count(distinct email_window_days) > 1
    or count(distinct motion) > 1
    or count(distinct system) > 1
