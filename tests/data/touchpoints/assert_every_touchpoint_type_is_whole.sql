-- types that make a touchpoint without a name, an act or a channel that channels.csv knows
-- do: fill touchpoint_type, action and a default_channel of channels.csv in the type's row
select types.type_id
from {{ ref('touchpoint_types') }} as types
left join {{ ref('channels') }} as channels
    on types.default_channel = channels.channel
    and channels.is_active
where types.is_active
    and types.grain <> 'none'
    and (types.touchpoint_type is null or types.action is null or channels.channel is null)
