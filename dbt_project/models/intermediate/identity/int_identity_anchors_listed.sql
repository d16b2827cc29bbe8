-- one row per parting of what hangs together and identifier that must end up on a side of its own
with

identifiers as (
    select * from {{ ref('int_identifiers_grouped') }}
    where not stands_alone
),

links as (
    select * from {{ ref('int_identity_links_declared') }}
    where action = 'unlink'
),

rules as (
    select * from {{ ref('identity_rules') }}
    where is_active
        and method = 'person_limit'
),

unlinked_ends as (
    select
        rule_id,
        left_identifier_id as identifier_id
    from links
    union all
    select
        rule_id,
        right_identifier_id as identifier_id
    from links
),

unlinked as (
    select
        unlinked_ends.rule_id,
        identifiers.group_node,
        identifiers.human_node,
        count(*) over (partition by unlinked_ends.rule_id, identifiers.group_node) as end_count
    from unlinked_ends
    inner join identifiers
        on unlinked_ends.identifier_id = identifiers.identifier_id
),

limited as (
    select distinct
        identifiers.group_node,
        identifiers.issuer,
        identifiers.human_node,
        rules.rule_id,
        rules.max_count
    from identifiers
    inner join rules
        on identifiers.identifier_type = rules.identifier_type
        and (rules.system is null or identifiers.issuer = rules.system)
),

counted as (
    select
        *,
        count(*) over (partition by group_node, issuer, rule_id) as human_count
    from limited
),

anchors as (
    select
        rule_id,
        '' as issuer,
        group_node,
        human_node as node
    from unlinked
    where end_count = 2
    union
    select
        rule_id,
        issuer,
        group_node,
        human_node as node
    from counted
    where human_count > max_count
),

listed as (
    select
        {{ surrogate_key(['rule_id', 'issuer', 'group_node']) }} as parting_id,
        rule_id,
        issuer,
        group_node,
        node
    from anchors
)

select * from listed
