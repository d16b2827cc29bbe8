-- ICP rules whose clauses name different criteria, points or motions
-- do: give all rows of the rule_id in icp_criteria.csv the same criterion, points and motion
with

icp_criteria as (
    select * from {{ ref('icp_criteria') }}
)

select rule_id
from icp_criteria
group by rule_id
having
    count(distinct criterion_id) > 1
    or count(distinct points) > 1
    or count(distinct is_exclusion) > 1
    or count(distinct coalesce(motion, '')) > 1
