-- clauses of one rule must name one segment and one priority
select rule_id
from {{ ref('segment_rules') }}
group by rule_id
having count(distinct result) > 1 or count(distinct priority) > 1
