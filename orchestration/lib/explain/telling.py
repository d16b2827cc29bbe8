"""Finds the thing a user names and tells its story."""

from __future__ import annotations

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.explain.apart import pairs_that_join_nobody, way_apart
from orchestration.lib.explain.chain import chains
from orchestration.lib.explain.identifiers import find_identifier, written_as
from orchestration.lib.explain.membership import membership
from orchestration.lib.explain.questions import EVIDENCE, SESSION_OF_TOUCHPOINT, SUMMARY
from orchestration.lib.explain.reading import Row, answer, columns_of
from orchestration.lib.explain.story import Chapter, Story
from orchestration.lib.publishing import open_published, published_file
from orchestration.lib.settings import Settings

# by which columns a user may name a thing, the surest first
NAMED_BY = {
    "account": ("account_id", "domain", "name"),
    "person": ("person_id", "email"),
    "touchpoint": ("touchpoint_id",),
}
# where ids no longer in use are kept, by which columns a user may name them, what they became
RETIRED = {
    "account": ("marts.fct_account_aliases", ("old_account_id", "source_record_id"), "account_id"),
    "person": ("marts.fct_person_aliases", ("old_person_id",), "current_person_id"),
}
# characters of an id that may stand for the whole, as tables show it
SHORTEST_BEGINNING = 6


def explain_thing(
    settings: Settings,
    *,
    thing: str,
    name: str,
    person: str | None = None,
    between: tuple[str, str] | None = None,
) -> Story:
    """The story of an account, person, touchpoint or segment; raises TouchlineError if unknown."""
    connection = open_published(settings)
    try:
        if thing == "segment":
            return _segment(connection, name, person=person, where=str(published_file(settings)))
        identity = find_id(connection, thing, name, where=str(published_file(settings)))
        summary = answer(connection, SUMMARY[thing], identity)[0]
        return Story(
            title=f"{thing} {summary.get('name') or summary.get('email') or identity}",
            summary=summary,
            chapters=[
                *_joins(connection, thing, identity, between=between),
                *_chapters(connection, thing, identity),
                *_visit(connection, summary),
            ],
        )
    finally:
        connection.close()


def find_id(connection: duckdb.DuckDBPyConnection, thing: str, name: str, *, where: str) -> str:
    """The id of the thing that `name` names; raises TouchlineError when none or several do."""
    table = SUMMARY[thing].table
    key = SUMMARY[thing].key
    conditions = {column: f"lower({column}) = lower($1)" for column in NAMED_BY[thing]}
    if len(name.rstrip("…")) >= SHORTEST_BEGINNING:
        conditions[f"beginning of {key}"] = f"starts_with({key}, lower(rtrim($1, '…')))"
    for column, condition in conditions.items():
        found = connection.execute(
            f"select {key} from {table} where {condition} order by {key}", [name]
        ).fetchall()
        if len(found) > 1:
            ids = ", ".join(identity for (identity,) in found[:5])
            raise TouchlineError(
                f"{len(found)} {thing}s have the {column} '{name}'", where, f"give one id: {ids}"
            )
        if found:
            return found[0][0]
    successor = _successor(connection, thing, name) or _holder(connection, thing, name)
    if successor:
        return successor
    raise TouchlineError(
        f"no {thing} is called '{name}'",
        where,
        f"look it up: select * from {table} where {NAMED_BY[thing][-1]} = …",
    )


def _successor(connection: duckdb.DuckDBPyConnection, thing: str, name: str) -> str | None:
    """The id that took the place of a retired one; None when it is not known or not certain."""
    table, columns, key = RETIRED.get(thing, ("", (), ""))
    if not table or not columns_of(connection, table):
        return None
    named = " or ".join(f"{column} = $1" for column in columns)
    found = connection.execute(f"select distinct {key} from {table} where {named}", [name])
    ids = [identity for (identity,) in found.fetchall()]
    return ids[0] if len(ids) == 1 else None


def _holder(connection: duckdb.DuckDBPyConnection, thing: str, name: str) -> str | None:
    """Who has the identifier of that name; None when nobody has it, or several have."""
    if thing != "person":
        return None
    holders = {identifier.person_id for identifier in written_as(connection, name)}
    return holders.pop() if len(holders) == 1 else None


def _joins(
    connection: duckdb.DuckDBPyConnection,
    thing: str,
    identity: str,
    *,
    between: tuple[str, str] | None,
) -> list[Chapter]:
    """What makes the identifiers of a person one, or keeps two of them apart, step by step."""
    if thing != "person":
        return []
    if between is None:
        title = "the evidence between the oldest identifier and each other one"
        return [
            Chapter(title=title, rows=chains(connection, identity)),
            Chapter(
                title="pairs that join nobody, and the rule that says so",
                rows=pairs_that_join_nobody(connection, identity),
            ),
        ]
    first, last = (find_identifier(connection, text, person_id=identity) for text in between)
    named = f"{first.name} and {last.name}"
    if first.person_id == last.person_id:
        rows = chains(connection, first.person_id, between=(first.key, last.key))
        return [Chapter(title=f"the evidence between {named}", rows=rows)]
    return [
        Chapter(
            title=f"{named} are of two persons: the shortest way, and where it does not join",
            rows=way_apart(connection, first, last),
        )
    ]


def _chapters(connection: duckdb.DuckDBPyConnection, thing: str, identity: str) -> list[Chapter]:
    return [
        Chapter(title=question.title, rows=answer(connection, question, identity))
        for question in EVIDENCE[thing]
        if columns_of(connection, question.table)
    ]


def _visit(connection: duckdb.DuckDBPyConnection, summary: Row) -> list[Chapter]:
    """The web session behind a touchpoint, when there is one."""
    if not summary.get("session_id"):
        return []
    rows = answer(connection, SESSION_OF_TOUCHPOINT, summary["session_id"])
    return [Chapter(title=SESSION_OF_TOUCHPOINT.title, rows=rows)]


def _segment(
    connection: duckdb.DuckDBPyConnection, name: str, *, person: str | None, where: str
) -> Story:
    """The steps of a segment, or why one person is in it or not."""
    known = connection.execute(
        "select distinct segment_id from activation.rpt_segment_waterfall order by segment_id"
    ).fetchall()
    if (name,) not in known:
        raise TouchlineError(
            f"no segment is called '{name}'",
            where,
            f"use one of: {', '.join(segment for (segment,) in known)}",
        )
    if person is None:
        return Story(
            title=f"segment {name}", summary={}, chapters=_chapters(connection, "segment", name)
        )
    identity = find_id(connection, "person", person, where=where)
    return membership(connection, name, identity)
