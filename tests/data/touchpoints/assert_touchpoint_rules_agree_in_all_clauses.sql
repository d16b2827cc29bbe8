-- rules whose clauses disagree about scope, result, priority or being active
-- do: give all rows of the rule_id in the named table the same scope, result, priority and
-- is_active
{%- for table in [
    'channel_rules', 'bot_rules', 'email_verdict_rules', 'page_rules', 'message_rules',
] %}
select
    '{{ table }}' as rule_table,
    rule_id
from {{ ref(table) }}
group by rule_id
having count(distinct scope) > 1
    or count(distinct result) > 1
    or count(distinct coalesce(priority, 0)) > 1
    or count(distinct is_active) > 1
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
