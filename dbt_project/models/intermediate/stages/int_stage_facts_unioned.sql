-- one row per fact of an account that is no touchpoint of its own
{%- set kinds = ['opportunity', 'lead', 'lead_status', 'order', 'item', 'billing', 'ticket'] %}
with

facts as (
    {%- for kind in kinds %}
    select
        account_id,
        person_id,
        source_system,
        fact,
        variant,
        value,
        occurred_at,
        evidence_type,
        evidence_id
    from {{ ref('int_' ~ kind ~ '_facts_listed') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from facts
