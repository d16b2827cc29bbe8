-- kinds of records that no row of record_uses accounts for
-- do: add a row for the kind to record_uses.csv: what its rows are for when they are no touchpoint
select kinds.record_kind
from (
    {%- for kind in all_kinds() %}
    select '{{ kind }}' as record_kind
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
) as kinds
left join {{ ref('record_uses') }} as uses
    on kinds.record_kind = uses.record_kind
    and uses.is_active
where uses.record_kind is null
