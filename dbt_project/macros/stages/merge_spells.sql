{# overlapping or touching spells of a rule and account made one. `spells`: account_id, rule_id, evidence_id,
   held_from, held_until. Returns a query: account_id, rule_id, held_from, held_until. #}
{% macro merge_spells(spells) -%}
with

covered as (
    select
        *,
        max(held_until) over (
            partition by rule_id, account_id
            order by held_from, held_until, evidence_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from {{ spells }}
),

numbered as (
    select
        *,
        sum(case when covered_until >= held_from then 0 else 1 end) over (
            partition by rule_id, account_id
            order by held_from, held_until, evidence_id
            rows between unbounded preceding and current row
        ) as spell_number
    from covered
),

merged as (
    select
        account_id,
        rule_id,
        min(held_from) as held_from,
        max(held_until) as held_until
    from numbered
    group by account_id, rule_id, spell_number
)

select * from merged
{%- endmacro %}
