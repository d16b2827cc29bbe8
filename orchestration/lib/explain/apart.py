"""Why identifiers are not one person: the pairs that records tell of and a rule does not use."""

from __future__ import annotations

import duckdb

from orchestration.lib.explain.identifiers import Identifier
from orchestration.lib.explain.reading import Row, as_rows, columns_of, without_empty_columns

PAIRS_TOLD = 20
# beyond so many, what hangs together is a crowd around a shared identifier
REACHED_AT_MOST = 100_000
# what keeps two apart is a row of identity_links, the rule that blocks an end, or what parted them
PAIRS = """
    with parted as (
        select first_person_id as person_id, rule_id
        from marts.fct_identity_conflicts where kind <> 'type_cap'
        union all
        select last_person_id, rule_id
        from marts.fct_identity_conflicts where kind <> 'type_cap'
    )

    select
        edges.*,
        lefts.identifier_type || ' ' || lefts.identifier_value as left_name,
        rights.identifier_type || ' ' || rights.identifier_value as right_name,
        lefts.person_id as left_person,
        rights.person_id as right_person,
        case when edges.is_used then edges.linked_by else coalesce(
            edges.denied_by, lefts.blocked_rule_id, rights.blocked_rule_id, (
                select min(rule_id) from parted
                where person_id in (lefts.person_id, rights.person_id)
            )
        ) end as rule_id
    from marts.fct_identity_edges as edges
    inner join marts.dim_identifiers as lefts
        on edges.left_identifier_id = lefts.identifier_id
    inner join marts.dim_identifiers as rights
        on edges.right_identifier_id = rights.identifier_id
    where edges.left_identifier_id in (select unnest($keys))
        or edges.right_identifier_id in (select unnest($keys))
    order by edges.first_seen_at, edges.left_identifier_id, edges.right_identifier_id
"""
KEYS = "select identifier_id from marts.dim_identifiers where person_id = ?"


def pairs_that_join_nobody(connection: duckdb.DuckDBPyConnection, person_id: str) -> list[Row]:
    """Pairs of an identifier of the person and one of anybody that a rule keeps from joining."""
    if not columns_of(connection, "marts.fct_identity_conflicts"):
        return []
    keys = [key for (key,) in connection.execute(KEYS, [person_id]).fetchall()]
    rows = [
        _told(pair, pair["left_identifier_id"] in keys)
        for pair in _pairs(connection, keys)
        if pair["unused_reason"]
    ]
    return without_empty_columns(rows[:PAIRS_TOLD])


def way_apart(
    connection: duckdb.DuckDBPyConnection, first: Identifier, last: Identifier
) -> list[Row]:
    """The shortest way from one identifier to one of another person over all pairs, used or not.

    `joins` is yes, or why a step of it does not. Empty when no record leads from one to the other,
    or only a crowd of more than REACHED_AT_MOST identifiers.
    """
    reached: dict[str, tuple[Row, bool] | None] = {first.key: None}
    frontier = [first.key]
    while frontier and last.key not in reached and len(reached) <= REACHED_AT_MOST:
        beyond: list[str] = []
        for pair in _pairs(connection, frontier):
            left, right = pair["left_identifier_id"], pair["right_identifier_id"]
            for start, end in ((left, right), (right, left)):
                if start in reached and end not in reached:
                    reached[end] = (pair, start == left)
                    beyond.append(end)
        frontier = beyond
    way: list[Row] = []
    step = reached.get(last.key)
    while step:
        pair, is_forward = step
        way.append(_told(pair, is_forward))
        step = reached[pair["left_identifier_id" if is_forward else "right_identifier_id"]]
    return without_empty_columns(way[::-1])


def _pairs(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> list[Row]:
    return as_rows(connection.execute(PAIRS, {"keys": keys}))


def _told(pair: Row, is_forward: bool) -> Row:
    """A pair from one end to the other."""
    start, end = ("left", "right") if is_forward else ("right", "left")
    return {
        "from": pair[f"{start}_name"],
        "to": pair[f"{end}_name"],
        "joins": pair["unused_reason"] or "yes",
        "rule_id": pair["rule_id"],
        "to_person": pair[f"{end}_person"],
        "evidence": pair["evidence"],
        "source_system": pair["source_system"],
        "source_record_id": pair["source_record_id"],
        "first_seen_at": pair["first_seen_at"],
    }
