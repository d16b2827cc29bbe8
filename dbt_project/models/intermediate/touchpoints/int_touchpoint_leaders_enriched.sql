-- one row per touchpoint: the leading record, with what its followers know or are believed for
{%- set fields = [
    'stated_account_id', 'campaign_id', 'session_id', 'product_id', 'content', 'content_type',
    'category', 'sentiment', 'device', 'goal', 'purpose', 'duration_seconds', 'score', 'value',
    'is_engaged', 'channel', 'occurred_at',
] %}
with

candidates as (
    select * from {{ touched(ref('int_touchpoint_candidates_unioned')) }}
),

paired as (
    select * from {{ ref('int_touchpoint_candidates_paired') }}
),

collapse_rules as (
    select * from {{ ref('collapse_rules') }}
    where is_active
),

ranked_followers as (
    select
        paired.leading_candidate_id,
        collapse_rules.follower_leads,
        candidates.*,
        row_number() over (
            partition by paired.leading_candidate_id
            order by collapse_rules.priority, candidates.occurred_at, candidates.candidate_id
        ) as place
    from paired
    inner join candidates
        on paired.candidate_id = candidates.candidate_id
    inner join collapse_rules
        on paired.collapse_rule_id = collapse_rules.rule_id
),

told_by_followers as (
    select
        leading_candidate_id,
        {%- for field in fields %}
        {{ min_by(field, 'place') }} as {{ field }},
        {{ min_by(field, believed_place(field)) }} as believed_{{ field }},
        {%- endfor %}
        {{ min_by('channel_rule_id', 'case when channel is not null then place end') }}
            as channel_rule_id,
        {{ min_by('channel_rule_id', believed_place('channel')) }} as believed_channel_rule_id,
        {{ min_by('person_id', 'case when names_person then place end') }} as named_person_id
    from ranked_followers
    group by leading_candidate_id
),

leaders as (
    select candidates.*
    from candidates
    left join paired
        on candidates.candidate_id = paired.candidate_id
    where paired.candidate_id is null
),

enriched as (
    select
        leaders.candidate_id as touchpoint_id,
        leaders.source_system,
        leaders.type_id,
        case
            when leaders.names_person then leaders.person_id
            else coalesce(followers.named_person_id, leaders.person_id)
        end as person_id,
        {%- for field in fields %}
        coalesce(followers.believed_{{ field }}, leaders.{{ field }}, followers.{{ field }})
            as {{ field }},
        {%- endfor %}
        case
            when followers.believed_channel is not null then followers.believed_channel_rule_id
            when leaders.channel is not null then leaders.channel_rule_id
            else followers.channel_rule_id
        end as channel_rule_id,
        leaders.quantity,
        leaders.is_bot
    from leaders
    left join told_by_followers as followers
        on leaders.candidate_id = followers.leading_candidate_id
)

select * from enriched
