-- presences at a campaign, or absences, of somebody who never registered for it
-- do: look at the member in int_campaign_steps_reached; in campaign_steps.csv a step of presence must
-- lead through registration
with

reached as (
    select * from {{ ref('int_campaign_steps_reached') }}
),

presences as (
    select distinct step from {{ ref('campaign_steps') }}
    where is_presence
),

registered as (
    select * from reached
    where step = 'registered'
)

select reached.*
from reached
inner join presences
    on reached.step = presences.step
left join registered
    on reached.source_system = registered.source_system
    and reached.campaign_id = registered.campaign_id
    and reached.member_key = registered.member_key
where registered.member_key is null
