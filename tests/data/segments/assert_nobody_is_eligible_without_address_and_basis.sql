-- a yes without address or consent rule or with a reason against it, and a no without a reason
-- do: send nothing; look at the person in int_send_eligibility_decided and at the rows of
-- consent_rules.csv that gave the basis
select person_id, purpose, channel
from {{ ref('int_send_eligibility_decided') }}
where (is_eligible and is_message and (accepted_basis is null or rule_id is null))
    or (is_eligible and (email is null or reason is not null))
    or (not is_eligible and (reason is null or all_reasons = '[]'))
    or is_eligible is null
