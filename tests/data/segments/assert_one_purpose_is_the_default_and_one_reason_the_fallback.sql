-- no or several purposes that stand for all, or reasons that stand where nothing is known
-- do: leave is_default on one active row of contact_purposes.csv with is_message, is_fallback on
-- one of eligibility_reasons.csv
select 'default purpose' as what, count(*) as row_count
from {{ ref('contact_purposes') }}
where is_default and is_active and is_message
having count(*) <> 1
union all
select 'fallback reason' as what, count(*) as row_count
from {{ ref('eligibility_reasons') }}
where is_fallback
having count(*) <> 1
