-- one row per job title or department as people write it: the seniority and the department it says
with

titles as (
    select
        trim(title) as title,
        min(parts) as parts
    from {{ source('lookups', 'titles') }}
    group by trim(title)
),

rule_words as (
    select
        rule_id,
        kind,
        result,
        priority,
        boundary,
        {{ list_entries('words') }} as word
    from {{ ref('title_rules') }}
    where is_active
),

patterns as (
    select
        rule_id,
        kind,
        result,
        priority,
        case when boundary in ('words', 'start') then ' ' else '' end
        || lower(word)
        || case when boundary in ('words', 'end') then ' ' else '' end as pattern
    from rule_words
),

entries as (
    select
        title,
        {{ json_entries('parts') }} as entry
    from titles
    where parts is not null
),

parts as (
    select
        title,
        {{ entry_key('entry') }} as place,
        {{ entry_value('entry') }} as words
    from entries
),

found as (
    select
        parts.title,
        parts.place,
        patterns.rule_id,
        patterns.kind,
        patterns.result,
        patterns.priority,
        patterns.pattern,
        position(patterns.pattern in parts.words) as found_at
    from parts
    inner join patterns
        on position(patterns.pattern in parts.words) > 0
),

strips as (
    select
        title,
        place,
        min(found_at) as from_place
    from found
    where kind = 'strip'
    group by title, place
),

ranked as (
    select
        found.title,
        found.kind,
        found.result,
        found.rule_id,
        row_number() over (
            partition by found.title, found.kind
            order by
                found.priority asc nulls last,
                length(found.pattern) desc,
                found.rule_id asc,
                found.pattern asc,
                found.place asc
        ) as preference
    from found
    left join strips
        on found.title = strips.title
        and found.place = strips.place
    left join found as longer
        on found.title = longer.title
        and found.place = longer.place
        and found.kind = longer.kind
        and length(longer.pattern) > length(found.pattern)
        and position(trim(found.pattern) in longer.pattern) > 0
    where longer.title is null
        and found.found_at <= coalesce(strips.from_place, found.found_at)
),

classified as (
    select
        titles.title,
        max(case when ranked.kind = 'seniority' then ranked.result end) as seniority,
        max(case when ranked.kind = 'seniority' then ranked.rule_id end) as seniority_rule_id,
        max(case when ranked.kind = 'department' then ranked.result end) as department,
        max(case when ranked.kind = 'department' then ranked.rule_id end) as department_rule_id
    from titles
    left join ranked
        on titles.title = ranked.title
        and ranked.preference = 1
    group by titles.title
)

select * from classified
