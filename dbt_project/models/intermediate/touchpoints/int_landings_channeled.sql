-- one row per distinct landing: its channel and the rule that chose it, first match wins
with

landings as (
    select * from {{ ref('int_landings_listed') }}
),

categories as (
    select * from {{ ref('int_source_names_categorised') }}
),

channels as (
    select * from {{ ref('channels') }} where is_active
),

described as (
    select
        landings.landing_key,
        landings.source_system,
        landings.source,
        landings.medium,
        landings.campaign,
        landings.campaign_id,
        landings.campaign_type,
        landings.click_ids,
        case when not coalesce(referrers.is_ignored, false) then landings.referrer_host end
            as referrer_host,
        sources.category as source_category,
        referrers.category as referrer_category
    from landings
    left join categories as sources
        on landings.source = sources.name
    left join categories as referrers
        on landings.referrer_host = referrers.name
),

attributes as (
    {%- for attribute in [
        'source_system', 'source', 'medium', 'campaign', 'campaign_type',
        'source_category', 'referrer_host', 'referrer_category',
    ] %}
    select
        landing_key as entity_id,
        '{{ attribute }}' as attribute,
        {{ attribute }} as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from described
    where {{ attribute }} is not null
    union all
    {%- endfor %}
    {%- for name in click_id_names() %}
    select
        landing_key as entity_id,
        'click_id' as attribute,
        '{{ name }}' as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from described
    where {{ list_has('click_ids', "'" ~ name ~ "'") }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

matched_rules as (
    {{ match_attribute_rules(ref('channel_rules'), 'attributes', scope='landing') }}
),

ranked_rules as (
    select
        *,
        row_number() over (partition by entity_id order by priority, rule_id) as preference
    from matched_rules
),

channeled as (
    select
        described.landing_key,
        ranked_rules.result as channel,
        ranked_rules.rule_id as channel_rule_id,
        coalesce(described.source, described.referrer_host) as source,
        described.medium,
        described.campaign,
        coalesce(described.campaign_id, described.campaign) as campaign_id,
        split_part(described.click_ids, '|', 2) as click_id_type,
        described.referrer_host,
        coalesce(channels.is_direct, false) as is_direct
    from described
    left join ranked_rules
        on described.landing_key = ranked_rules.entity_id
        and ranked_rules.preference = 1
    left join channels
        on ranked_rules.result = channels.channel
)

select * from channeled
