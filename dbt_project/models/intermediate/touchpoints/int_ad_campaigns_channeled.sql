-- one row per campaign of an ad platform: its latest name and type, its channel, and the rule that chose it
with

ad_days as (
    select * from {{ ref('int_ad_days_unified') }}
),

campaigns as (
    select
        platform,
        campaign_id,
        {{ max_by('campaign_name', 'activity_date') }} as campaign_name,
        {{ max_by('campaign_type', 'activity_date') }} as campaign_type,
        min(activity_date) as first_day,
        max(activity_date) as last_day
    from ad_days
    group by platform, campaign_id
),

keyed as (
    select
        *,
        {{ surrogate_key(['platform', 'campaign_id']) }} as ad_campaign_key
    from campaigns
),

attributes as (
    {%- for attribute, column in [
        ('platform', 'platform'), ('campaign', 'campaign_id'),
        ('campaign', 'campaign_name'), ('campaign_type', 'campaign_type'),
    ] %}
    select
        ad_campaign_key as entity_id,
        '{{ attribute }}' as attribute,
        {{ column }} as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from keyed
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

matched_rules as (
    {{ match_attribute_rules(ref('channel_rules'), 'attributes', scope='ad') }}
),

ranked_rules as (
    select
        *,
        row_number() over (partition by entity_id order by priority, rule_id) as preference
    from matched_rules
),

channeled as (
    select
        keyed.platform,
        keyed.campaign_id,
        keyed.campaign_name,
        keyed.campaign_type,
        ranked_rules.result as channel,
        keyed.first_day,
        keyed.last_day,
        ranked_rules.rule_id as channel_rule_id
    from keyed
    left join ranked_rules
        on keyed.ad_campaign_key = ranked_rules.entity_id
        and ranked_rules.preference = 1
)

select * from channeled
