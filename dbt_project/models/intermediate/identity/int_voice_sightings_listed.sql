-- one row per combination of identifiers that stand together on records of mail, service or voices
with

clocks as (
    {{ earliest_moments() }}
),

unioned as (
    {{ sightings_of(
        ref('int_mentions_unified'), 'mentions', {'email': 'author_email'}, seen_at='posted_at'
    ) }}
    union all
    {{ sightings_of(
        ref('int_referral_sides_listed'), 'referrals',
        {'contact_id': 'contact_id', 'email': 'email'},
        seen_at='occurred_at'
    ) }}
    {%- for table, (identifier_types, seen_at) in sighted_tables('voice').items() %}
    union all
    {{ sightings_of(
        ref('int_' ~ table ~ '_unified'), table,
        dict(zip(identifier_types, identifier_types)), seen_at=seen_at
    ) }}
    {%- endfor %}
)

select * from unioned
