-- one row per source tag or referrer host that is known: search engine, social network and so on
with

landings as (
    select * from {{ ref('int_landings_listed') }}
),

source_categories as (
    select * from {{ ref('source_categories') }}
),

names as (
    select
        source as name,
        cast(null as varchar(255)) as domain
    from landings
    union
    select
        referrer_host as name,
        referrer_domain as domain
    from landings
),

spellings as (
    select
        name,
        name as spelling,
        1 as preference,
        false as is_label
    from names
    union
    select
        name,
        regexp_replace(name, '^(www|m|l|lm|amp)[.]', '') as spelling,
        2 as preference,
        false as is_label
    from names
    union
    select
        name,
        domain as spelling,
        3 as preference,
        false as is_label
    from names
    union
    select
        name,
        split_part(regexp_replace(name, '^(www|m|l|lm|amp)[.]', ''), '.', 1) as spelling,
        4 as preference,
        true as is_label
    from names
    where domain is null
    union
    select
        name,
        split_part(domain, '.', 1) as spelling,
        5 as preference,
        true as is_label
    from names
),

ranked as (
    select
        spellings.name,
        source_categories.category,
        source_categories.is_ignored,
        case
            when source_categories.category = 'social'
                then coalesce(source_categories.network, source_categories.source)
        end as network,
        row_number() over (
            partition by spellings.name
            order by spellings.preference, spellings.spelling
        ) as choice
    from spellings
    inner join source_categories
        on spellings.spelling = source_categories.source
        and (source_categories.any_suffix or not spellings.is_label)
),

categorised as (
    select
        name,
        category,
        is_ignored,
        network
    from ranked
    where choice = 1
)

select * from categorised
