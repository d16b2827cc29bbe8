-- one row per job title or department that any rule knows: the seniority and the department it says
with

entries as (
    select
        trim(title) as title,
        {{ json_entries('parts') }} as entry
    from {{ source('lookups', 'titles') }}
    where parts is not null
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
        *,
        {{ bounded_word('word', 'boundary') }} as pattern
    from rule_words
),

found as (
    select
        entries.title,
        {{ entry_key('entries.entry') }} as place,
        patterns.*,
        position(patterns.pattern in {{ entry_value('entries.entry') }}) as found_at
    from entries
    inner join patterns
        on position(patterns.pattern in {{ entry_value('entries.entry') }}) > 0
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
        found.*,
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
        title,
        {%- for kind in ['seniority', 'department'] %}
        max(case when kind = '{{ kind }}' then result end) as {{ kind }},
        max(case when kind = '{{ kind }}' then rule_id end) as {{ kind }}_rule_id
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from ranked
    where preference = 1
    group by title
)

select * from classified
