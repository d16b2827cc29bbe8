"""What the differing rows of a mart say to people: which value became which, and ten of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from orchestration.lib.rule_effects.changes import ADDED, CHANGED, REMOVED
from orchestration.lib.rule_effects.comparing import Differences
from orchestration.lib.rule_effects.counting import MartMoves
from orchestration.lib.rule_effects.wording import HASHED_ID, HEADLINES, Example, examples_of
from orchestration.lib.sql_text import name, value

TOLD = {"string", "boolean"}
TRANSITIONS = 5


@dataclass(frozen=True, kw_only=True)
class Transition:
    """How many rows went from one value of a column to another; null is a row that is not there."""

    column: str
    before: str | None
    after: str | None
    rows: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class MartDetail:
    """The moves of a mart, its most frequent transitions, and examples in words."""

    moves: MartMoves
    transitions: tuple[Transition, ...]
    examples: tuple[Example, ...]


def detail_of(
    connection: duckdb.DuckDBPyConnection,
    differences: Differences,
    moves: MartMoves,
    *,
    names: Mapping[str, str],
) -> MartDetail:
    """Transitions and examples of a mart; `names` is what to call accounts and persons, by id."""
    telling = _telling_columns(connection, differences, moves)
    shown = [*telling, *(column for column in moves.columns if column not in telling)]
    return MartDetail(
        moves=moves,
        transitions=tuple(_transitions(connection, differences, moves, telling)),
        examples=tuple(examples_of(connection, differences, shown, names)),
    )


def _telling_columns(
    connection: duckdb.DuckDBPyConnection, differences: Differences, moves: MartMoves
) -> list[str]:
    """Changed columns whose values are words, the headline and the most often changed first."""
    contract = differences.contract
    worded = [
        column
        for column in moves.columns
        if contract.columns[column] in TOLD and column not in contract.personal
    ]
    if not worded:
        return []
    samples = connection.execute(
        "select "
        + ", ".join(f"max(coalesce(after.{name(c)}, before.{name(c)})::varchar)" for c in worded)
        + f" from {name(differences.table)}"
    ).fetchone()
    words = [
        column
        for column, sample in zip(worded, samples, strict=True)
        if not HASHED_ID.fullmatch(sample or "") and not (sample or "").startswith(("[", "{"))
    ]
    headline = HEADLINES.get(contract.name)
    return sorted(
        words,
        key=lambda column: (column != headline, -moves.columns[column], column.endswith("_id")),
    )


def _transitions(
    connection: duckdb.DuckDBPyConnection,
    differences: Differences,
    moves: MartMoves,
    telling: Sequence[str],
) -> list[Transition]:
    """The most frequent changes of the most telling column; what came and went by headline."""
    table = name(differences.table)
    found = []
    if moves.changed and telling:
        column = telling[0]
        rows = connection.execute(
            f"select before.{name(column)}::varchar, after.{name(column)}::varchar, count(*) "
            f"from {table} where before is not null and after is not null "
            f"and before.{name(column)} is distinct from after.{name(column)} "
            f"group by all order by 3 desc, 1, 2 limit {TRANSITIONS}"
        ).fetchall()
        found += [
            Transition(column=column, before=old, after=new, rows=n, kind=CHANGED)
            for old, new, n in rows
        ]
    headline = HEADLINES.get(differences.contract.name)
    if headline not in differences.columns:
        return found
    rows = connection.execute(
        f"select case when before is null then {value(ADDED)} else {value(REMOVED)} end as kind, "
        f"coalesce(after.{name(headline)}, before.{name(headline)})::varchar, count(*) "
        f"from {table} where before is null or after is null "
        f"group by all order by 3 desc, 1, 2 limit {TRANSITIONS}"
    ).fetchall()
    return found + [
        Transition(
            column=headline,
            before=word if kind == REMOVED else None,
            after=word if kind == ADDED else None,
            rows=n,
            kind=kind,
        )
        for kind, word, n in rows
    ]
