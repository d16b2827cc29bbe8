{# a warning, not an error: a new channel works from its rule alone, it only has no name for people yet #}
{{ config(severity='warn') }}
-- channels that rules give and channels.csv does not know
-- do: add a row for the channel to channels.csv, with the name people read
select distinct rules.result as channel
from {{ ref('channel_rules') }} as rules
left join {{ ref('channels') }} as channels
    on rules.result = channels.channel
where rules.is_active and channels.channel is null
