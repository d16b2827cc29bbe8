-- rows of identity_links that name an identifier no record carries, or contradict each other
-- do: look the identifier up in dim_identifiers and write type, issuer and value of the row as it
-- has them; of two rows that call a pair one human and two, switch one off
{{ config(severity='warn') }}
with

links as (
    select * from {{ ref('int_identity_links_declared') }}
    where rule_id is not null
),

identifiers as (
    select * from {{ ref('int_identifiers_grouped') }}
),

unknown as (
    select links.rule_id
    from links
    left join identifiers as left_ends
        on links.left_identifier_id = left_ends.identifier_id
    left join identifiers as right_ends
        on links.right_identifier_id = right_ends.identifier_id
    where left_ends.identifier_id is null
        or right_ends.identifier_id is null
),

contradicting as (
    select links.rule_id
    from links
    inner join identifiers as left_ends
        on links.left_identifier_id = left_ends.identifier_id
    inner join identifiers as right_ends
        on links.right_identifier_id = right_ends.identifier_id
    where links.action = 'link'
        and left_ends.human_node <> right_ends.human_node
),

doubtful as (
    select rule_id from unknown
    union
    select rule_id from contradicting
)

select * from doubtful
