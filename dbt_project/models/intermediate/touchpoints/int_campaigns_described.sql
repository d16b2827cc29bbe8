-- one row per campaign and kind of source that knows it: what it is called there, and since when
{%- set nothing = 'cast(null as varchar(255))' %}
{#- kind, its model, name, type, platform, first and last moment; the first that knows it wins #}
{%- set sources = [
    ('email', 'int_email_messages_unified', 'campaign_name', 'message_type', 'source_system',
        'sent_at', 'sent_at'),
    ('member', 'int_campaign_members_unified', 'campaign_name', 'campaign_type', 'source_system',
        'occurred_at', 'occurred_at'),
    ('cost', 'int_costs_unified', nothing, 'cost_kind', nothing,
        'cast(period_start as timestamp)', 'cast(period_end as timestamp)'),
] %}
with

ad_campaigns as (
    select * from {{ ref('int_ad_campaigns_channeled') }}
),

tagged as (
    select * from {{ ref('int_tagged_campaigns_dated') }}
),

described as (
    select
        campaign_id,
        campaign_name,
        'ad' as campaign_kind,
        platform as described_by,
        campaign_type,
        platform,
        channel,
        channel_rule_id,
        cast(first_day as timestamp) as first_used_at,
        cast(last_day as timestamp) as last_used_at,
        1 as preference
    from ad_campaigns
    {%- for kind, model, name, type, platform, first, last in sources %}
    union all
    select
        campaign_id,
        min({{ name }}) as campaign_name,
        '{{ kind }}' as campaign_kind,
        '{{ kind }}' as described_by,
        min({{ type }}) as campaign_type,
        min({{ platform }}) as platform,
        {{ nothing }} as channel,
        {{ nothing }} as channel_rule_id,
        min({{ first }}) as first_used_at,
        max({{ last }}) as last_used_at,
        {{ loop.index + 1 }} as preference
    from {{ ref(model) }}
    where campaign_id is not null
    group by campaign_id
    {%- endfor %}
    union all
    select
        campaign_id,
        campaign_id as campaign_name,
        'tag' as campaign_kind,
        'tag' as described_by,
        {{ nothing }} as campaign_type,
        {{ nothing }} as platform,
        channel,
        channel_rule_id,
        first_used_at,
        last_used_at,
        9 as preference
    from tagged
)

select * from described
