-- kinds of records of which some event would have no type: no active row takes any event of them
-- do: add a row for the kind to touchpoint_types.csv without event, detail, direction and system
select kinds.record_kind
from (select distinct record_kind from {{ ref('touchpoint_types') }}) as kinds
left join {{ ref('touchpoint_types') }} as types
    on kinds.record_kind = types.record_kind
    and types.is_active
    and types.event is null
    and types.event_detail is null
    and types.event_direction is null
    and types.is_machine is null
    and types.system is null
where types.type_id is null
