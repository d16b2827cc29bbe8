-- rules with a window between records of one type, which would chain; and half-open windows
-- do: in collapse_rules.csv, fill both ends of the window or none, and join two different types
select rule_id
from {{ ref('collapse_rules') }}
where is_active
    and (
        (leading_type_id = following_type_id and minutes_after is not null)
        or (minutes_before is null) <> (minutes_after is null)
    )
