-- one row per version of a web event, typed: its moment believed, tags read from the URL if need be
{%- set claimed, received = try_timestamp('occurred_at'), try_timestamp('received_at') %}
with

clocks as (
    {{ clock_limits() }}
),

raw_rows as (
    select
        web_events.*,
        clocks.*
    from {{ source('files', 'web_events') }} as web_events
    cross join clocks
),

typed as (
    select
        -- ids
        nullif(anonymous_id, '') as anonymous_id,
        nullif(user_id, '') as user_id,
        coalesce(nullif(anonymous_id, ''), nullif(user_id, '')) as device_key,
        product_id,
        transaction_id,
        -- text
        lower(trim(event_name)) as event_name,
        {{ clean_email('email') }} as email,
        lower(trim(email_sha256)) as email_sha256,
        lower(trim(company_domain)) as company_domain,
        page_url,
        {{ url_host('page_url') }} as page_host,
        {{ url_path('page_url') }} as page_path,
        page_title,
        referrer,
        {{ url_host('referrer') }} as referrer_host,
        {{ url_tags() }}
        user_agent,
        ip,
        country,
        lower(device_type) as device_type,
        category,
        currency,
        properties,
        -- numbers
        {{ try_number('engaged_seconds') }} as engaged_seconds,
        {{ try_number('scroll_percent') }} as scroll_percent,
        {{ try_number('value') }} as value,
        -- dates and timestamps
        {{ believed_moment(claimed, received) }} as occurred_at,
        {{ received }} as received_at,
        -- evidence
        {{ clock_rule(claimed, received) }} as clock_rule_id,
        -- load
        {{ load_columns('web_events', key=['event_id']) }}
    from raw_rows
)

select * from typed
