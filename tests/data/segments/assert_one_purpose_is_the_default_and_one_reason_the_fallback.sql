-- reports that ask without a purpose, and persons without a basis, need exactly one answer
select 'default purpose' as what, count(*) as row_count
from {{ ref('contact_purposes') }}
where is_default and is_active
having count(*) <> 1
union all
select 'fallback reason' as what, count(*) as row_count
from {{ ref('eligibility_reasons') }}
where is_fallback
having count(*) <> 1
