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
        row_number() over (
            partition by followers.candidate_id
            order by
                collapse_rules.priority,
                collapse_rules.rule_id,
                abs({{ seconds_between('leaders.occurred_at', 'followers.occurred_at') }})
                * case when collapse_rules.minutes_after is null then 0 else 1 end,
                leaders.occurred_at,
                leaders.candidate_id
        ) as preference
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

first_choices as (
    select
        candidate_id,
        leading_candidate_id,
        rule_id
    from pairs
    where preference = 1
),

paired as (
    select
        first_choices.candidate_id,
        first_choices.leading_candidate_id,
        first_choices.rule_id as collapse_rule_id
    from first_choices
    left join first_choices as leaders
        on first_choices.leading_candidate_id = leaders.candidate_id
    where leaders.candidate_id is null
)

select * from paired
