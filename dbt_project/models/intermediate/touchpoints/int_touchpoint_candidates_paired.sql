-- one row per candidate that repeats another: the leader it follows, windows measured from there
with

keys as (
    select * from {{ ref('int_collapse_keys_listed') }}
),

collapse_rules as (
    select * from {{ ref('collapse_rules') }}
    where is_active
),

pairs as (
    select
        followers.candidate_id,
        leaders.candidate_id as leading_candidate_id,
        collapse_rules.rule_id,
        collapse_rules.priority,
        abs({{ seconds_between('leaders.occurred_at', 'followers.occurred_at') }})
        * case when collapse_rules.minutes_after is null then 0 else 1 end as seconds_apart,
        leaders.occurred_at as led_at
    from keys as followers
    inner join keys as leaders
        on followers.rule_id = leaders.rule_id
        and followers.key_value = leaders.key_value
    inner join collapse_rules
        on followers.rule_id = collapse_rules.rule_id
    where leaders.is_leading
        and not followers.is_leading
        and leaders.candidate_id <> followers.candidate_id
        and (
            collapse_rules.leading_type_id <> collapse_rules.following_type_id
            or collapse_rules.match_key = 'account_subject'
            or leaders.occurred_at < followers.occurred_at
            or (
                leaders.occurred_at = followers.occurred_at
                and leaders.candidate_id < followers.candidate_id
            )
        )
        and (
            collapse_rules.minutes_after is null
            or followers.occurred_at between
            {{ add_minutes('leaders.occurred_at', '-collapse_rules.minutes_before') }}
            and {{ add_minutes('leaders.occurred_at', 'collapse_rules.minutes_after') }}
        )
),

would_follow as (
    select distinct candidate_id from pairs
),

-- whoever would follow leads nobody: windows are measured from records that lead, never chained
ranked_leaders as (
    select
        pairs.*,
        row_number() over (
            partition by pairs.candidate_id
            order by
                pairs.priority,
                pairs.rule_id,
                pairs.seconds_apart,
                pairs.led_at,
                pairs.leading_candidate_id
        ) as preference
    from pairs
    left join would_follow
        on pairs.leading_candidate_id = would_follow.candidate_id
    where would_follow.candidate_id is null
),

paired as (
    select
        candidate_id,
        leading_candidate_id,
        rule_id as collapse_rule_id
    from ranked_leaders
    where preference = 1
)

select * from paired
