-- nobody came to a campaign, or missed it, without having registered for it
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
