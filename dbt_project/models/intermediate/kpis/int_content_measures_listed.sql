-- one row per measure of own content, scope and month
{%- set counts = ['impressions', 'interactions', 'shares', 'plays', 'plays_half', 'followers'] %}
{%- set measures = {} %}
{%- for name in counts %}{% do measures.update({'content_' ~ name: 'sum(' ~ name ~ ')'}) %}{% endfor %}
with

content_days as (
    select
        *,
        cast(date_trunc('month', activity_date) as date) as month
    from {{ ref('int_content_days_unified') }}
),

measures as (
    {{ list_measures(
        relation='content_days',
        month='month',
        scopes={
            'all': "'all'",
            'platform': 'platform',
            'content_kind': 'content_kind',
            'content': "platform || ':' || content_id",
        },
        measures=measures,
    ) }}
)

select * from measures
