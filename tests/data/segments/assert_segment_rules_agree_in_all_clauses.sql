-- segment rules whose clauses name different segments or priorities
-- do: give all rows of the rule_id in segment_rules.csv the same result and priority
select rule_id
from {{ ref('segment_rules') }}
group by rule_id
having count(distinct result) > 1 or count(distinct priority) > 1
