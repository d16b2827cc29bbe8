-- one row per name a campaign goes by in tags: the campaign it means; an id weighs more than a name
{#- where campaigns are named, what tells their type, and how much its id and its name weigh #}
{%- set sources = [
    ('int_ad_campaigns_channeled', 'campaign_type', 1, 4),
    ('int_email_messages_unified', 'cast(null as varchar(255))', 2, 5),
    ('int_campaign_members_unified', 'cast(null as varchar(255))', 3, 6),
] %}
with

names as (
    {%- for model, campaign_type, id_preference, name_preference in sources %}
    {%- for column, preference in [
        ('campaign_id', id_preference), ('campaign_name', name_preference)
    ] %}
    select
        lower({{ column }}) as tag,
        campaign_id,
        {{ campaign_type }} as campaign_type,
        {{ preference }} as preference
    from {{ ref(model) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

ranked as (
    select
        tag,
        campaign_id,
        campaign_type,
        row_number() over (
            partition by tag
            order by preference, campaign_id, campaign_type nulls last
        ) as choice
    from names
    where tag is not null and campaign_id is not null
),

listed as (
    select
        tag,
        campaign_id,
        campaign_type
    from ranked
    where choice = 1
)

select * from listed
