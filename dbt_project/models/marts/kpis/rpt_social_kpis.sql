-- one row per post, video, podcast or page of our own and month: how it was received
{%- set counts = ['impressions', 'interactions', 'shares', 'plays', 'plays_half'] %}
with

content_days as (
    select * from {{ ref('int_content_days_ranked') }}
),

summed as (
    select
        platform,
        content_id,
        month,
        max(content_name) as content_name,
        max(content_kind) as content_kind,
        max(topic) as topic,
        {%- for name in counts %}
        cast(sum({{ name }}) as bigint) as {{ name }},
        {%- endfor %}
        cast(max(case when recency = 1 then followers end) as bigint) as followers
    from content_days
    group by platform, content_id, month
),

rated as (
    select
        -- keys
        platform,
        content_id,
        -- text
        content_name,
        content_kind,
        topic,
        -- numbers
        {%- for name in counts %}
        {{ name }},
        {%- endfor %}
        followers,
        {%- for rate, parts in {
            'interaction_rate': ('interactions', 'impressions'),
            'half_played_rate': ('plays_half', 'plays'),
        }.items() %}
        {{ parts[0] }} as {{ rate }}_numerator,
        {{ parts[1] }} as {{ rate }}_denominator,
        {{ ratio(parts[0], parts[1]) }} as {{ rate }},
        {%- endfor %}
        {{ wilson_bound('plays_half', 'plays', -1) }} as half_played_rate_low,
        {{ wilson_bound('plays_half', 'plays', 1) }} as half_played_rate_high,
        -- dates
        month
    from summed
)

select * from rated
