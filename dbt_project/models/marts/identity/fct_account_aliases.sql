-- one row per account of a CRM whose records count for another one, or whose merges contradict
{%- set compared_fields = [
    'annual_revenue', 'city', 'country', 'domain', 'employee_count', 'industry', 'name', 'owner',
] %}
with

keys as (
    select * from {{ ref('int_account_keys_survived') }}
    where account_key <> account_id or is_contradictory
),

companies as (
    select * from {{ ref('int_companies_normalised') }}
),

compared as (
    select
        -- keys
        keys.account_key as old_account_id,
        keys.account_id,
        -- text
        retired.source_system,
        retired.source_record_id,
        retired.name,
        keys.method,
        keys.evidence,
        '[' || substring(
            {%- for field in compared_fields %}
            case
                when retired.{{ field }} <> survivors.{{ field }} then ',"{{ field }}"' else ''
            end
            {{- '' if loop.last else ' ||' }}
            {%- endfor %},
            2
        ) || ']' as differing_fields,
        -- numbers
        cast(keys.confidence as decimal(9, 6)) as confidence,
        -- booleans
        keys.is_contradictory,
        -- evidence
        keys.rule_id,
        keys.rule_version
    from keys
    inner join companies as retired
        on keys.account_key = retired.account_key
    inner join companies as survivors
        on keys.account_id = survivors.account_key
)

select * from compared
