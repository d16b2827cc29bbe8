-- one row per candidate touchpoint, collapse rule and side it can take: what both sides must share
with

candidates as (
    select * from {{ ref('int_touchpoint_candidates_unioned') }}
    where not is_bot
),

collapse_rules as (
    select * from {{ ref('collapse_rules') }}
    where is_active
),

campaign_names as (
    select * from {{ ref('int_campaign_names_listed') }}
),

sides as (
    select
        rule_id,
        leading_type_id as type_id,
        match_key,
        true as is_leading
    from collapse_rules
    union all
    select
        rule_id,
        following_type_id as type_id,
        match_key,
        false as is_leading
    from collapse_rules
),

keyed as (
    select
        sides.rule_id,
        sides.is_leading,
        candidates.candidate_id,
        candidates.occurred_at,
        case sides.match_key
            when 'transaction_id' then candidates.transaction_id
            when 'person_id' then candidates.person_id
            when 'session_id' then candidates.session_id
            when 'click_id' then candidates.click_id
            when 'account_subject'
                then case
                        when sides.is_leading = candidates.names_person
                            then candidates.stated_account_id || '|' || lower(candidates.content)
                    end
            when 'person_campaign'
                then candidates.person_id || '|'
                    || coalesce(campaign_names.campaign_id, candidates.campaign_id)
        end as key_value
    from candidates
    inner join sides
        on candidates.type_id = sides.type_id
    left join campaign_names
        on lower(candidates.campaign_id) = campaign_names.tag
),

listed as (
    select * from keyed
    where key_value is not null
)

select * from listed
