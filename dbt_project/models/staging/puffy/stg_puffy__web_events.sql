-- one row per pixel event in the shape of a web event; either name of the device column counts
with

raw_rows as (
    select
        *,
        coalesce(nullif(client_id, ''), nullif(clientid, '')) as device
    from {{ source('puffy', 'web_events') }}
),

typed as (
    select
        -- ids
        device as anonymous_id,
        cast(null as varchar(255)) as user_id,
        device as device_key,
        cast(null as varchar(255)) as product_id,
        {{ json_text('event_data', 'transaction_id') }} as transaction_id,
        -- text
        case lower(event_name)
            when 'page_viewed' then 'page_view'
            when 'email_filled_on_popup' then 'form_submit'
            else lower(event_name)
        end as event_name,
        cast(null as varchar(255)) as email,
        lower({{ json_text('event_data', 'user_email') }}) as email_sha256,
        cast(null as varchar(255)) as company_domain,
        page_url,
        {{ url_host('page_url') }} as page_host,
        {{ url_path('page_url') }} as page_path,
        cast(null as varchar(255)) as page_title,
        nullif(referrer, '') as referrer,
        {{ url_host('referrer') }} as referrer_host,
        {{ url_tags(from_columns=false) }}
        user_agent,
        cast(null as varchar(255)) as ip,
        cast(null as varchar(255)) as country,
        cast(null as varchar(255)) as device_type,
        cast(null as varchar(255)) as category,
        case when {{ json_text('event_data', 'revenue') }} is not null then 'USD' end as currency,
        case
            when lower(event_name) = 'email_filled_on_popup' then '{"form":"newsletter"}'
            else event_data
        end as properties,
        -- numbers
        cast(null as decimal(18, 4)) as engaged_seconds,
        cast(null as decimal(18, 4)) as scroll_percent,
        {{ try_number(json_text('event_data', 'revenue')) }} as value,
        -- dates and timestamps
        {{ try_timestamp('timestamp') }} as occurred_at,
        cast(null as timestamp) as received_at,
        -- evidence
        cast(null as varchar(255)) as clock_rule_id,
        -- load
        {{ load_columns('web_events') }}
    from raw_rows
)

select * from typed
