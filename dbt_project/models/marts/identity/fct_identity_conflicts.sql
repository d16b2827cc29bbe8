-- one row per conflict of strong identifiers: one that too many share, or what had to be parted
with

grouped as (
    select * from {{ ref('int_identifiers_grouped') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

neighbours as (
    select * from {{ ref('int_identity_neighbours_listed') }}
),

anchors as (
    select * from {{ ref('int_identity_anchors_listed') }}
),

rules as (
    select * from {{ ref('identity_rules') }}
),

links as (
    select * from {{ ref('identity_links') }}
),

members as (
    select
        clusters.identifier_id,
        clusters.blocked_rule_id as rule_id,
        neighbours.other_identifier_id as member_id
    from clusters
    inner join rules
        on clusters.blocked_rule_id = rules.rule_id
    inner join neighbours
        on clusters.identifier_id = neighbours.identifier_id
    inner join clusters as others
        on neighbours.other_identifier_id = others.identifier_id
        and rules.counted_type = others.identifier_type
    where clusters.is_strong
    union all
    select
        oldest.identifier_id,
        anchors.rule_id,
        grouped.identifier_id as member_id
    from anchors
    inner join grouped
        on anchors.node = grouped.node
    inner join grouped as oldest
        on anchors.group_node = oldest.node
),

counted as (
    select
        members.identifier_id,
        members.rule_id,
        count(*) as counted_number,
        count(distinct clusters.person_id) as person_count,
        min(clusters.person_id) as first_person_id,
        max(clusters.person_id) as last_person_id
    from members
    inner join clusters
        on members.member_id = clusters.identifier_id
    group by members.identifier_id, members.rule_id
),

listed as (
    select
        {{ surrogate_key(['counted.rule_id', 'counted.identifier_id']) }} as conflict_id,
        counted.identifier_id,
        counted.first_person_id,
        counted.last_person_id,
        coalesce(rules.method, links.action) as kind,
        clusters.identifier_type,
        coalesce(rules.counted_type, rules.identifier_type) as counted_type,
        coalesce(rules.reason, links.reason) as reason,
        counted.counted_number,
        coalesce(rules.max_count, 1) as max_count,
        counted.person_count,
        counted.rule_id
    from counted
    inner join clusters
        on counted.identifier_id = clusters.identifier_id
    left join rules
        on counted.rule_id = rules.rule_id
    left join links
        on counted.rule_id = links.rule_id
)

select * from listed
