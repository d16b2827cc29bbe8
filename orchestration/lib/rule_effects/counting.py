"""The differing rows of a mart, counted: by kind and column, in amounts, and by whom they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from orchestration.lib.rule_effects.comparing import Differences
from orchestration.lib.sql_text import name

MONEY = "decimal(18,2)"
# a mart in which amounts repeat for each value of this column is summed within one of them
REPEATED_BY = "model_id"
ACCOUNT, PERSON = "account_id", "person_id"


@dataclass(frozen=True, kw_only=True)
class MoneyMove:
    """By how much amounts of a column rose and fell, both at least 0, in the reporting currency.

    Where amounts repeat per model, `within` names the one that moves most; else it is empty.
    """

    column: str
    within: str
    risen: Decimal
    fallen: Decimal


@dataclass(frozen=True, kw_only=True)
class MartMoves:
    """What differs in one mart: rows by kind, changed rows by column, amounts, who is concerned.

    `accounts` and `persons` are null where the mart does not name them.
    """

    mart: str
    rows_before: int
    rows_after: int
    added: int
    removed: int
    changed: int
    columns: Mapping[str, int]
    money: tuple[MoneyMove, ...]
    accounts: int | None
    persons: int | None

    @property
    def rows(self) -> int:
        """Rows that differ, of all kinds."""
        return self.added + self.removed + self.changed


def moves_of(connection: duckdb.DuckDBPyConnection, differences: Differences) -> MartMoves:
    """The differing rows of a mart, counted."""
    table, columns = name(differences.table), differences.columns
    others = [column for column in columns if column not in differences.contract.keys[0]]
    counts = [
        f"count(*) filter (before is not null and after is not null and {_differs(column)})"
        for column in others
    ]
    added, removed, changed, *by_column = connection.execute(
        "select count(*) filter (before is null), count(*) filter (after is null), "
        f"count(*) filter (before is not null and after is not null){_more(counts)} from {table}"
    ).fetchone()
    types = differences.contract.columns
    money = [column for column in others if types[column].replace(" ", "") == MONEY]
    return MartMoves(
        mart=differences.mart,
        rows_before=differences.rows_before,
        rows_after=differences.rows_after,
        added=added,
        removed=removed,
        changed=changed,
        columns={column: n for column, n in zip(others, by_column, strict=True) if n},
        money=tuple(
            move
            for column in money
            if (move := _money_move(connection, differences, column)) is not None
        ),
        accounts=entities(connection, [differences], ACCOUNT),
        persons=entities(connection, [differences], PERSON),
    )


def entities(
    connection: duckdb.DuckDBPyConnection, differences: Sequence[Differences], column: str
) -> int | None:
    """How many values of an id column the differing rows name; null where no mart has it."""
    named = [
        f"select {side}.{name(column)} as id from {name(one.table)}"
        for one in differences
        if column in one.columns
        for side in ("before", "after")
    ]
    if not named:
        return None
    query = f"select count(distinct id) from ({' union all '.join(named)})"
    return connection.execute(query).fetchone()[0]


def _money_move(
    connection: duckdb.DuckDBPyConnection, differences: Differences, column: str
) -> MoneyMove | None:
    """How an amount moved, in the model where it moved most; null where it did not."""
    group = REPEATED_BY if REPEATED_BY in differences.columns else None
    within = f"coalesce(before.{group}, after.{group})" if group else "''"
    delta = f"coalesce(after.{name(column)}, 0) - coalesce(before.{name(column)}, 0)"
    found = connection.execute(
        f"select {within} as within, sum(greatest({delta}, 0)) as risen, "
        f"sum(greatest(-({delta}), 0)) as fallen from {name(differences.table)} "
        "group by 1 order by greatest(risen, fallen) desc, within limit 1"
    ).fetchone()
    if found is None or not (found[1] or found[2]):
        return None
    return MoneyMove(column=column, within=found[0] or "", risen=found[1], fallen=found[2])


def _differs(column: str) -> str:
    return f"before.{name(column)} is distinct from after.{name(column)}"


def _more(expressions: Sequence[str]) -> str:
    return "".join(f", {expression}" for expression in expressions)
