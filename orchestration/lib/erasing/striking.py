"""Takes marked persons out of a table of rows: whole rows, or the values that name them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.lib.access.marks import Providers
from orchestration.lib.access.personal import PHONE, PersonalTable
from orchestration.lib.access.raw_rows import FOUND, find_marked
from orchestration.lib.landing.stage import content_hash
from orchestration.lib.sql_text import name, value

GONE, BLANKED = "struck_rows", "blanked_values"


def strike(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    table: PersonalTable,
    columns: Sequence[str],
    providers: Providers,
) -> tuple[int, int]:
    """Take marked persons out of `relation`, which has these text columns; (rows gone, blanked).

    The rows that go are left in `struck_rows` (place) for the books of the caller, who deletes
    them: see `delete_struck`. Blanked rows get the hash of what they now say. Needs `bring_marks`.
    """
    cursor.execute(f"create or replace temp table {GONE} (place bigint)")
    if not find_marked(cursor, relation, table, columns, providers):
        return 0, 0
    _choose(cursor, table, columns)
    gone = cursor.execute(f"select count(*) from {GONE}").fetchall()[0][0]
    blanked = cursor.execute(
        f"select column_name, count(*) from {BLANKED} group by all order by all"
    ).fetchall()
    for column, _ in blanked:
        cursor.execute(
            f"update {relation} set {name(column)} = null where rowid in"
            f" (select place from {BLANKED} where column_name = {value(column)})"
        )
    cursor.execute(
        f"update {relation} set _content_hash = {content_hash(tuple(columns), table.spec)}"
        f" where rowid in (select place from {BLANKED})"
    )
    rows = cursor.execute(f"select count(distinct place) from {BLANKED}").fetchall()[0][0]
    return gone, rows


def delete_struck(cursor: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Delete the rows that `strike` found."""
    cursor.execute(f"delete from {relation} where rowid in (select place from {GONE})")


def _choose(
    cursor: duckdb.DuckDBPyConnection, table: PersonalTable, columns: Sequence[str]
) -> None:
    """Which found rows go, and which values of the others.

    A row goes where a column meant for persons names one, but for a phone, which people share; and
    where a value names one that the row cannot be without. Of a row with sides, a side goes.
    """
    spec = table.spec
    needed = [*spec.key, *(column.name for column in spec.required)]
    needed += [column for group in spec.one_of for column in group]
    cursor.execute(
        f"insert into {GONE} select distinct place from {FOUND}"
        " where list_contains($needed, column_name)"
        " or (not $has_sides and identifier_type <> $phone)",
        {"needed": needed, "has_sides": bool(table.sides), "phone": PHONE},
    )
    sides = [[column for column in side if column in columns] for side in table.sides]
    beside = [(column, other) for side in sides for column in side for other in side]
    pairs = [f"({value(one)}, {value(other)})" for one, other in beside] or ["(null, null)"]
    cursor.execute(
        f"""
        create or replace temp table {BLANKED} as
        select distinct place, coalesce(sides.other, {FOUND}.column_name) as column_name
        from {FOUND}
        left join (values {", ".join(pairs)}) as sides (one, other)
            on {FOUND}.column_name = sides.one
        where place not in (select place from {GONE})
        """
    )
