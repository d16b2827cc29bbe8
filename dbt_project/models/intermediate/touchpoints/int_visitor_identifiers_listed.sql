-- one row per visitor of the site, a device or an event without one, and identifier it carries
with

web_events as (
    select
        *,
        coalesce(device_key, source_record_id) as visitor_key
    from {{ touched(ref('int_web_events_unified')) }}
),

carried as (
    {%- for identifier_type, issuer in identifier_columns().items()
        if identifier_type in ['user_id', 'email', 'email_sha256', 'anonymous_id'] %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    select distinct
        visitor_key,
        '{{ identifier_type }}' as identifier_type,
        {{ issuer }} as issuer,
        {{ identifier_type }} as identifier_value
    from web_events
    where {{ identifier_type }} is not null
    {%- endfor %}
),

listed as (
    select
        visitor_key,
        {{ identifier_id('identifier_type', 'issuer', 'identifier_value') }} as identifier_id
    from carried
)

select * from listed
