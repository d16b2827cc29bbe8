-- rules whose window has one end only
-- do: in collapse_rules.csv, fill both ends of the window or none
select rule_id
from {{ ref('collapse_rules') }}
where is_active
    and (minutes_before is null) <> (minutes_after is null)
