"""The chain of evidence that makes identifiers one person: the shortest way over used pairs."""

from __future__ import annotations

from collections import defaultdict, deque

import duckdb

from orchestration.lib.explain.reading import Row, as_rows, columns_of

EDGES = "marts.fct_identity_edges"
CHAINS_TOLD = 20


def chains(
    connection: duckdb.DuckDBPyConnection, person_id: str, *, between: tuple[str, str] | None = None
) -> list[Row]:
    """Steps from the oldest identifier of a person to each other one, or between two keys of them.

    A step names both ends, the evidence and the record.
    """
    if not columns_of(connection, EDGES):
        return []
    named = _identifiers(connection, person_id)
    steps = _steps(connection, person_id)
    if between:
        first, last = between
        return _way(_reached(steps, first), named, last)
    reached = _reached(steps, person_id)
    others = [identifier for identifier in named if identifier != person_id][:CHAINS_TOLD]
    return [step for other in others for step in _way(reached, named, other)[-1:]]


def _identifiers(connection: duckdb.DuckDBPyConnection, person_id: str) -> dict[str, str]:
    """Key of each identifier of a person → how it is called, the oldest first."""
    rows = connection.execute(
        "select identifier_id, identifier_type || ' ' || identifier_value "
        "from marts.dim_identifiers where person_id = ? order by first_seen_at, identifier_id",
        [person_id],
    ).fetchall()
    return dict(rows)


def _steps(connection: duckdb.DuckDBPyConnection, person_id: str) -> dict[str, list[Row]]:
    """Used pairs of a person by either end, the oldest first."""
    found = connection.execute(
        f"select left_identifier_id, right_identifier_id, evidence, source_system, "
        f"source_record_id, first_seen_at from {EDGES} where person_id = ? "
        "order by first_seen_at, left_identifier_id, right_identifier_id",
        [person_id],
    )
    steps: dict[str, list[Row]] = defaultdict(list)
    for row in as_rows(found):
        left, right = row.pop("left_identifier_id"), row.pop("right_identifier_id")
        steps[left].append({"from": left, "to": right} | row)
        steps[right].append({"from": right, "to": left} | row)
    return steps


def _reached(steps: dict[str, list[Row]], start: str) -> dict[str, Row | None]:
    """The step by which each identifier is first reached from `start`."""
    reached: dict[str, Row | None] = {start: None}
    waiting = deque([start])
    while waiting:
        for step in steps[waiting.popleft()]:
            if step["to"] not in reached:
                reached[step["to"]] = step
                waiting.append(step["to"])
    return reached


def _way(reached: dict[str, Row | None], named: dict[str, str], last: str) -> list[Row]:
    """The steps to `last`, in order, with the ends by name; none when it stands alone."""
    way: list[Row] = []
    while step := reached.get(last):
        last = step["from"]
        way.append(step | {"from": named[step["from"]], "to": named[step["to"]]})
    return way[::-1]
