-- one row per touchpoint: the leading record, with what only its first follower knows filled in
with

candidates as (
    select * from {{ ref('int_touchpoint_candidates_unioned') }}
),

paired as (
    select * from {{ ref('int_touchpoint_candidates_paired') }}
),

ranked_followers as (
    select
        paired.leading_candidate_id,
        candidates.*,
        row_number() over (
            partition by paired.leading_candidate_id
            order by paired.collapse_rule_id, candidates.occurred_at, candidates.candidate_id
        ) as preference
    from paired
    inner join candidates
        on paired.candidate_id = candidates.candidate_id
),

followers as (
    select * from ranked_followers
    where preference = 1
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
            when followers.names_person and not leaders.names_person then followers.person_id
            else leaders.person_id
        end as person_id,
        {%- for column in [
            'stated_account_id', 'campaign_id', 'session_id', 'product_id', 'content',
            'content_type', 'category', 'sentiment', 'device', 'goal', 'purpose',
            'duration_seconds', 'score', 'value', 'is_engaged',
        ] %}
        coalesce(leaders.{{ column }}, followers.{{ column }}) as {{ column }},
        {%- endfor %}
        coalesce(leaders.channel, followers.channel) as channel,
        case
            when leaders.channel is null then followers.channel_rule_id
            else leaders.channel_rule_id
        end as channel_rule_id,
        leaders.quantity,
        leaders.is_bot,
        leaders.occurred_at
    from leaders
    left join followers
        on leaders.candidate_id = followers.leading_candidate_id
)

select * from enriched
