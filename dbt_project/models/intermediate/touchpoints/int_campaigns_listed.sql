-- one row per campaign: as ad platform, mail tool, CRM or budget describes it, else as tagged
with

described as (
    select * from {{ ref('int_campaigns_described') }}
),

tagged as (
    select * from {{ ref('int_tagged_campaigns_dated') }}
),

ranked as (
    select
        *,
        row_number() over (partition by campaign_id order by preference, described_by) as choice,
        min(first_used_at) over (partition by campaign_id) as first_described_at,
        max(last_used_at) over (partition by campaign_id) as last_described_at
    from described
),

listed as (
    select
        ranked.campaign_id,
        ranked.campaign_name,
        ranked.campaign_kind,
        ranked.campaign_type,
        ranked.platform,
        coalesce(ranked.channel, tagged.channel) as channel,
        coalesce(ranked.channel_rule_id, tagged.channel_rule_id) as channel_rule_id,
        least(
            ranked.first_described_at, coalesce(tagged.first_used_at, ranked.first_described_at)
        ) as first_used_at,
        greatest(
            ranked.last_described_at, coalesce(tagged.last_used_at, ranked.last_described_at)
        ) as last_used_at
    from ranked
    left join tagged
        on ranked.campaign_id = tagged.campaign_id
    where ranked.choice = 1
)

select * from listed
