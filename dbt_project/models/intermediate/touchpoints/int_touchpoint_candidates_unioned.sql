-- one row per touchpoint as one system saw it, with its person; duplicates are still apart
with

{%- set kinds = [
    'sessions', 'web_events', 'emails', 'activities', 'leads', 'orders', 'campaign_members',
    'ad_clicks', 'ad_account_days', 'tickets', 'survey_responses', 'mentions', 'referrals',
    'product_events',
] %}

candidates as (
    {%- for kind in kinds %}
    select
        '{{ kind }}' as record_kind,
        *
    from {{ ref('int_touchpoint_candidates_from_' ~ kind) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

identifier_types as (
    select * from {{ ref('identifier_types') }}
),

with_persons as (
    select
        candidates.*,
        identifiers.person_id,
        coalesce(identifier_types.makes_known, false) as names_person
    from candidates
    left join identifiers
        on candidates.identifier_id = identifiers.identifier_id
    left join identifier_types
        on identifiers.identifier_type = identifier_types.identifier_type
)

select * from with_persons
