-- a yes needs an address, a consent rule and no reason against it
select person_id, purpose, channel
from {{ ref('int_send_eligibility_decided') }}
where (is_eligible and (email is null or accepted_basis is null or rule_id is null or reason is not null))
    or (not is_eligible and (reason is null or all_reasons = '[]'))
    or is_eligible is null
