{# windows with the key of what they look at, and the amount to share out: windows with anchors and without look at the
   same touchpoints. `windows`: int_conversion_windows_opened; `looks`: its different values of the columns `look`, with
   look_key; `conversions`: int_conversions_unioned. Returns a query: columns of windows, look_key, amount. #}
{% macro looking_windows(windows, looks, conversions, look) -%}
select
    windows.*,
    looks.look_key,
    conversions.amount
from {{ windows }} as windows
inner join {{ looks }} as looks
    on {{ same_columns('windows', 'looks', look) }}
inner join {{ conversions }} as conversions
    on windows.conversion_id = conversions.conversion_id
{%- endmacro %}
